from mpmath import mp

from oracle import Refused, case, flat, mean, oracle, same_shape

INF = float('inf')


@oracle('losses/binary-cross-entropy-from-logits', differentiable=['logits'], cases=[
    case('ordinary', 'logits on both sides of 0, both classes',
         logits=[2.5, -1, 0.25, -3], target=[1, 0, 0, 1]),
    case('zero', 'ln 2 whatever the target', logits=[0, 0, 0], target=[0, 1, 0.25]),
    case('soft-targets', 'targets between the classes', logits=[-1.5, 2], target=[0.25, 0.875]),
    case('matrix', 'the mean is over all elements', logits=[[1, -2], [0.5, 4]],
         target=[[1, 0], [0, 1]]),
    case('single', 'one element', logits=[0.75], target=[1]),
    case('sigmoid-saturates', 'the sigmoid rounds to 1, the loss is the logit', flags=['tail'],
         logits=[40, -40], target=[0, 1]),
    case('exponential-overflows', 'a wrong logit of 800 costs 800', flags=['overflow'],
         logits=[800, -800], target=[0, 1]),
    case('large-and-right', 'large logits on the right side cost nothing', flags=['overflow'],
         logits=[1000, -1000], target=[1, 0]),
    case('large-soft-target', 'a soft target pays its share of a large logit', flags=['overflow'],
         logits=[1e6, -1e6], target=[0.75, 0.125]),
    case('far-tail', 'right by a margin of 50: the cost is e^-50', flags=['tail'], strict=True,
         logits=[50, -50], target=[1, 0]),
    case('subnormal', 'right by a margin of 740', flags=['tail', 'underflow'], strict=True,
         gradient=False, logits=[740], target=[1]),
    case('tiny-logits', 'logits that 1 + e^z forgets', flags=['tail'], logits=[1e-20, -1e-20],
         target=[0, 1]),
    case('largest', 'a logit next to the largest double', flags=['overflow'],
         logits=[1e308], target=[0]),
    case('mean-of-huge', 'terms whose sum overflows have a finite mean', flags=['overflow'],
         strict=True, gradient=False, logits=[1e308, 1e308, 1e308], target=[0, 0, 0]),
    case('infinite-and-right', 'an infinite logit on the right side costs nothing',
         flags=['special'], strict=True, logits=[INF, -INF], target=[1, 0]),
    case('infinite-and-wrong', 'an infinite logit on the wrong side costs infinitely much',
         flags=['special'], strict=True, logits=[INF, 0], target=[0, 0]),
    case('missing', 'NaN propagates', flags=['special'], logits=[float('nan'), 0.5],
         target=[1, 0]),
    case('shapes-differ', 'two logits for one target', logits=[0.5, 0.5], target=[1]),
    case('row-against-column', 'n against n by 1 is not broadcast',
         logits=[0.5, 0.5], target=[[1], [0]]),
    case('target-below-zero', 'targets begin at 0', logits=[0.5], target=[-1]),
    case('target-above-one', 'targets end at 1', logits=[0.5], target=[2]),
    case('no-elements', 'a mean of nothing', logits=[], target=[]),
])
def binary_cross_entropy_from_logits(logits, target):
    same_shape(logits, target)
    if any(not mp.isnan(y) and not 0 <= y <= 1 for y in flat(target)):
        raise Refused('domain')
    return mean(cross_entropy(z, y) for z, y in zip(flat(logits), flat(target)))


def cross_entropy(z, y):
    """Of σ(z) against y; the digits that 1 + e^z would need are there before it is formed."""
    if mp.isnan(z):
        return z
    if mp.isinf(z):
        wrong = 1 - y if z > 0 else y
        return mp.inf if wrong > 0 else mp.zero
    if abs(z) > 1000:
        # No number of digits holds 1 + e^z for every z.
        return max(z, 0) - y * z + mp.log1p(mp.exp(-abs(z)))
    with mp.workdps(mp.dps + 500):
        odds = mp.exp(z)
        positive, negative = odds / (1 + odds), 1 / (1 + odds)
        return -(y * mp.log(positive) + (1 - y) * mp.log(negative))
