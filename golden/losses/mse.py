from oracle import case, flat, mean, oracle, same_shape


@oracle('losses/mse', differentiable=['prediction'], cases=[
    case('ordinary', 'errors of both signs, and a prediction that is right',
         prediction=[1.5, -2, -1, 3.25], target=[1, -2, 0.5, 3]),
    case('transcript', 'squared errors 1/4, 1/4, 0, 1 and 1', flags=['notebook'],
         prediction=[2.5, 0, 2, 8, 5], target=[3, -0.5, 2, 7, 4]),
    case('two', 'an error of 2 costs 4', flags=['notebook'], prediction=[2], target=[0]),
    case('ten', 'an error of 10 costs 100', flags=['notebook'], prediction=[0], target=[10]),
    case('single', 'one element', prediction=[2.5], target=[0]),
    case('matrix', 'the mean is over all elements', prediction=[[0, 1, 2], [2, 3, 5]],
         target=[[1, 1, 0], [0, 8, 4]]),
    case('equal', 'no error, no loss', prediction=[0.1, 1e8, -3], target=[0.1, 1e8, -3]),
    case('offset', 'errors far smaller than the values they are made on',
         flags=['cancellation'], prediction=[1e8 + 0.0625, 1e8 - 0.125, 1e8],
         target=[1e8, 1e8 + 0.25, 1e8 + 0.5]),
    case('many', 'one error among many', prediction=[0.0] * 40, target=[0.0] * 39 + [4]),
    case('tiny-errors', 'squares of errors around 1e-150', flags=['underflow'],
         prediction=[1e-150, -1e-150], target=[0, 0]),
    case('large-errors', 'the largest squares that are finite', flags=['overflow'],
         prediction=[1e154, -1.25e154], target=[0, 0]),
    case('squares-overflow', 'the square of 1e200 is beyond every double', flags=['overflow'],
         gradient=False, prediction=[1e200], target=[0]),
    case('infinite-error', 'an infinite error costs infinitely much', flags=['special'],
         prediction=[float('inf'), 0], target=[0, 0]),
    case('minus-infinite-error', 'and so does one on the other side', flags=['special'],
         prediction=[0, float('-inf')], target=[0, 0]),
    case('missing', 'NaN propagates', flags=['special'],
         prediction=[float('nan'), 0], target=[0, 0]),
    case('shapes-differ', 'three predictions for two targets',
         prediction=[1, 2, 3], target=[1, 2]),
    case('row-against-column', 'n against n by 1 is not broadcast',
         prediction=[1, 2, 3], target=[[1], [2], [3]]),
    case('no-elements', 'a mean of nothing', prediction=[], target=[]),
])
def mse(prediction, target):
    same_shape(prediction, target)
    return mean((p - t) ** 2 for p, t in zip(flat(prediction), flat(target)))
