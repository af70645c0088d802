from oracle import Refused, case, flat, mean, oracle, same_shape


@oracle('losses/smooth-l1', differentiable=['prediction'], cases=[
    case('both-branches', 'one error inside beta, one outside',
         prediction=[0, 0], target=[0.5, 3]),
    case('at-beta', 'both pieces and their slopes meet at an error of exactly beta',
         flags=['seam'], prediction=[1, -1], target=[0, 0]),
    case('at-other-beta', 'and at a beta other than 1', flags=['seam'],
         prediction=[0.25, -0.25], target=[0, 0], beta=0.25),
    case('negative-error-outside', 'the line rises on both sides',
         prediction=[-4, 4], target=[0, 0]),
    case('small-beta', 'the parabola is divided by beta, the line is not',
         prediction=[1.5, -2, -1, 3.0625], target=[1, -2, 0.5, 3], beta=0.25),
    case('large-beta', 'every error on the parabola', prediction=[1.5, -2, -1, 3.25],
         target=[1, -2, 0.5, 3], beta=100),
    case('tiny-beta', 'next to the absolute error', flags=['tail'],
         prediction=[1.5, -2, -1, 3.25], target=[1, 2, 0.5, 3], beta=1e-12),
    case('single', 'one element', prediction=[2.5], target=[0]),
    case('matrix', 'the mean is over all elements', prediction=[[0, 1, 2], [2, 3, 5]],
         target=[[1, 1, 0], [0, 8, 4]]),
    case('equal', 'no error, no loss', prediction=[0.1, 1e8, -3], target=[0.1, 1e8, -3]),
    case('offset', 'errors far smaller than the values they are made on',
         flags=['cancellation'], prediction=[1e8 + 0.0625, 1e8 - 0.125, 1e8],
         target=[1e8, 1e8 + 0.25, 1e8 + 0.5]),
    case('tiny-errors', 'squares of errors around 1e-150', flags=['underflow'],
         prediction=[1e-150, -1e-150], target=[0, 0]),
    case('large-errors', 'errors whose squares overflow lie on the line', flags=['overflow'],
         prediction=[1e200, -1e200], target=[0, 0]),
    case('huge-beta', 'a square that overflows before it is divided', flags=['overflow'],
         strict=True, prediction=[1e200], target=[0], beta=1e250),
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
    case('beta-zero', 'beta must be positive', prediction=[1], target=[0], beta=0),
    case('beta-negative', 'beta must be positive', prediction=[1], target=[0], beta=-1),
    case('no-elements', 'a mean of nothing', prediction=[], target=[]),
])
def smooth_l1(prediction, target, beta=1):
    same_shape(prediction, target)
    if not 0 < beta < float('inf'):
        raise Refused('domain')
    errors = [abs(p - t) for p, t in zip(flat(prediction), flat(target))]
    return mean(e * e / (2 * beta) if e <= beta else e - beta / 2 for e in errors)
