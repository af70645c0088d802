from mpmath import mpf

from oracle import Refused, case, flat, mean, oracle, same_shape


@oracle('losses/quantile', differentiable=['prediction'], cases=[
    case('median', 'half the mean absolute error',
         prediction=[1.5, -2, -1, 3.25], target=[1, -1, 0.5, 3]),
    case('too-low', 'too low costs the quantile', prediction=[0, 1], target=[4, 2], quantile=0.75),
    case('too-high', 'too high costs what the quantile leaves of 1', prediction=[4, 2],
         target=[0, 1], quantile=0.75),
    case('both-sides', 'errors of both signs',
         prediction=[1.5, -2, -1, 3.25], target=[1, -1, 0.5, 3], quantile=0.9),
    case('low-quantile', 'a tenth, which no double is',
         prediction=[1.5, -2, -1, 3.25], target=[1, -1, 0.5, 3], quantile=0.1),
    case('at-the-kink', 'a prediction that is right', flags=['edge'], gradient=False,
         prediction=[1, 2], target=[1, 4], quantile=0.25),
    case('quantile-zero', 'too low costs nothing', flags=['edge'],
         prediction=[0, 5], target=[3, 1], quantile=0),
    case('quantile-one', 'too high costs nothing', flags=['edge'],
         prediction=[0, 5], target=[3, 1], quantile=1),
    case('next-to-zero', 'a quantile that 1 minus it forgets', flags=['tail'], strict=True,
         prediction=[0], target=[3], quantile=1e-20),
    case('single', 'one element', prediction=[2.5], target=[0]),
    case('matrix', 'the mean is over all elements', prediction=[[0, 1, 2], [2, 3, 5]],
         target=[[1, 1, 0], [0, 8, 4]], gradient=False),
    case('equal', 'no error, no loss', gradient=False,
         prediction=[0.1, 1e8, -3], target=[0.1, 1e8, -3]),
    case('offset', 'errors far smaller than the values they are made on',
         flags=['cancellation'], prediction=[1e8 + 0.0625, 1e8 - 0.125, 1e8],
         target=[1e8, 1e8 + 0.25, 1e8 + 0.5]),
    case('tiny-errors', 'errors whose squares underflow', flags=['underflow'],
         prediction=[1e-200, -3e-200], target=[0, 0], quantile=0.75),
    case('large-errors', 'errors whose squares overflow', flags=['overflow'],
         prediction=[1e200, -3e200], target=[0, 0], quantile=0.75),
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
    case('quantile-above-one', 'quantiles end at 1', prediction=[1], target=[0], quantile=1.5),
    case('quantile-below-zero', 'quantiles begin at 0', prediction=[1], target=[0], quantile=-0.1),
    case('no-elements', 'a mean of nothing', prediction=[], target=[]),
])
def pinball(prediction, target, quantile=mpf(1) / 2):
    same_shape(prediction, target)
    if not 0 <= quantile <= 1:
        raise Refused('domain')
    return mean(max(quantile * (t - p), (quantile - 1) * (t - p)) if p == p else p
                for p, t in zip(flat(prediction), flat(target)))
