from mpmath import mp

from oracle import case, flat, mean, oracle, same_shape


@oracle('losses/rmse', differentiable=['prediction'], cases=[
    case('ordinary', 'errors of both signs, and a prediction that is right',
         prediction=[1.5, -2, -1, 3.25], target=[1, -2, 0.5, 3]),
    case('single', 'one element', prediction=[2.5], target=[0]),
    case('matrix', 'the mean is over all elements', prediction=[[0, 1, 2], [2, 3, 5]],
         target=[[1, 1, 0], [0, 8, 4]]),
    case('equal', 'no error, no loss', gradient=False,
         prediction=[0.1, 1e8, -3], target=[0.1, 1e8, -3]),
    case('offset', 'errors far smaller than the values they are made on',
         flags=['cancellation'], prediction=[1e8 + 0.0625, 1e8 - 0.125, 1e8],
         target=[1e8, 1e8 + 0.25, 1e8 + 0.5]),
    case('tip', 'at no error at all 0 is one of the slopes', flags=['edge'], gradient=False,
         prediction=[0, 0], target=[0, 0]),
    case('one-large', 'one error among many, over the root of their number',
         prediction=[0.0] * 40, target=[0.0] * 39 + [4]),
    case('tiny-errors', 'squares of errors around 1e-150', flags=['underflow'],
         prediction=[1e-150, -1e-150], target=[0, 0]),
    case('vanishing-squares', 'the squares vanish, the root of their mean does not',
         flags=['underflow'], strict=True, prediction=[3e-200, 4e-200], target=[0, 0]),
    case('large-errors', 'the largest squares that are finite', flags=['overflow'],
         prediction=[1e153, -1.25e153], target=[0, 0]),
    case('overflowing-squares', 'the squares overflow, the root of their mean does not',
         flags=['overflow'], strict=True, prediction=[3e200, -4e200], target=[0, 0]),
    case('largest', 'the largest double', flags=['overflow'], strict=True, gradient=False,
         prediction=[1.7976931348623157e308, -1.7976931348623157e308], target=[0, 0]),
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
def rmse(prediction, target):
    same_shape(prediction, target)
    return mp.sqrt(mean((p - t) ** 2 for p, t in zip(flat(prediction), flat(target))))
