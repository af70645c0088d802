from oracle import case, mapped, oracle, same_shape


@oracle('losses/squared-error', differentiable=['prediction'], cases=[
    case('ordinary', 'errors of both signs, and a prediction that is right',
         prediction=[1.5, -2, -1, 3.25], target=[1, -2, 0.5, 3]),
    case('two-and-ten', 'five times the error costs 25 times as much', flags=['notebook'],
         prediction=[2, 0], target=[0, 10]),
    case('linear-model', 'xᵀθ = 4.5 for y = 3 at x = (1, 2, 3)', flags=['notebook'],
         prediction=[4.5], target=[3]),
    case('matrix', 'the shape is kept', prediction=[[0, 1, 2], [2, 3, 5]],
         target=[[1, 1, 0], [0, 8, 4]]),
    case('tensor', 'the shape is kept at any rank', prediction=[[[1], [2]], [[3], [4]]],
         target=[[[4], [3]], [[2], [1]]]),
    case('equal', 'no error, no loss', prediction=[0.1, 1e8, -3], target=[0.1, 1e8, -3]),
    case('offset', 'errors far smaller than the values they are made on',
         flags=['cancellation'], prediction=[1e8 + 0.0625, 1e8 - 0.125, 1e8],
         target=[1e8, 1e8 + 0.25, 1e8 + 0.5]),
    case('tiny-errors', 'squares of errors around 1e-150', flags=['underflow'],
         prediction=[1e-150, -1e-150], target=[0, 0]),
    case('large-errors', 'the largest squares that are finite', flags=['overflow'],
         prediction=[1e154, -1.25e154], target=[0, 0]),
    case('squares-overflow', 'the square of 1e200 is beyond every double', flags=['overflow'],
         gradient=False, prediction=[1e200], target=[0]),
    case('infinite-error', 'an infinite error costs infinitely much, on both sides',
         flags=['special'], prediction=[float('inf'), float('-inf'), 1], target=[0, 0, 0]),
    case('no-difference', 'infinity less infinity is no number', flags=['special'],
         prediction=[float('inf'), 1], target=[float('inf'), 0]),
    case('missing', 'NaN stays in its place', flags=['special'],
         prediction=[float('nan'), 1], target=[0, 0]),
    case('shapes-differ', 'three predictions for two targets',
         prediction=[1, 2, 3], target=[1, 2]),
    case('row-against-column', 'n against n by 1 is not broadcast',
         prediction=[1, 2, 3], target=[[1], [2], [3]]),
    case('no-elements', 'nothing to compare', prediction=[], target=[]),
])
def squared_error(prediction, target):
    same_shape(prediction, target)
    return mapped(lambda p, t: (p - t) ** 2, prediction, target)
