from mpmath import mp

from oracle import Refused, case, flat, mean, oracle, same_shape


@oracle('losses/focal-loss', differentiable=['probability'], cases=[
    case('ordinary', 'four predictions at the defaults, one on the wrong side of one half',
         probability=[0.9, 0.2, 0.35, 0.6], target=[1, 0, 1, 0]),
    case('positive', 'alpha weighs the positive class', probability=[0.3], target=[1]),
    case('negative', 'and the rest the negative one', probability=[0.3], target=[0]),
    case('predicted-well', 'at gamma 2 a prediction of 0.9 counts a hundredth', alpha=1,
         probability=[0.9], target=[1]),
    case('half-cross-entropy', 'gamma 0 and alpha 1/2: half the binary cross-entropy', alpha=0.5,
         gamma=0, probability=[0.9, 0.2, 0.35, 0.6], target=[1, 0, 1, 0]),
    case('other-parameters', 'alpha and gamma other than their defaults', alpha=0.75, gamma=0.5,
         probability=[0.9, 0.2, 0.35, 0.6], target=[1, 0, 1, 0]),
    case('large-gamma', 'a gamma of 100', gamma=100, probability=[0.01, 0.3], target=[1, 0]),
    case('soft-targets', 'targets between the classes', probability=[0.25, 0.5],
         target=[0.5, 0.75]),
    case('matrix', 'the mean is over all elements', probability=[[0.5, 0.25], [0.75, 0.125]],
         target=[[1, 0], [1, 1]]),
    case('certain-and-right', 'certain predictions that come true cost nothing', flags=['edge'],
         gradient=False, probability=[0, 1], target=[0, 1]),
    case('certain-and-right-gamma-zero', '0 to the power of 0 is 1, and ln 1 is 0',
         flags=['edge'], gradient=False, gamma=0, probability=[0, 1], target=[0, 1]),
    case('certain-and-wrong', 'a certain prediction that fails costs infinitely much',
         flags=['edge'], gradient=False, probability=[1, 0.5], target=[0, 1]),
    case('class-without-weight', 'alpha 0: positives count nothing, even infinitely wrong ones',
         flags=['edge'], gradient=False, strict=True, alpha=0, probability=[0, 0.5],
         target=[1, 0]),
    case('negatives-without-weight', 'alpha 1: negatives count nothing', flags=['edge'], alpha=1,
         probability=[0.25, 0.5], target=[0, 1]),
    case('next-to-zero', 'a negative predicted with 1e-9: ln(1 - p) forgets digits of p',
         flags=['tail'], strict=True, probability=[1e-9], target=[0]),
    case('next-to-one', 'the largest probability below 1', flags=['tail'], alpha=0.5,
         probability=[1 - 2 ** -53, 1 - 2 ** -53], target=[0, 1]),
    case('subnormal', 'the smallest positive probability', flags=['tail'], gradient=False,
         probability=[5e-324], target=[1]),
    case('missing', 'NaN propagates', flags=['special'], probability=[float('nan'), 0.5],
         target=[1, 0]),
    case('shapes-differ', 'two predictions for one target', probability=[0.5, 0.5], target=[1]),
    case('row-against-column', 'n against n by 1 is not broadcast',
         probability=[0.5, 0.5], target=[[1], [0]]),
    case('probability-above-one', 'probabilities end at 1', probability=[1.5], target=[1]),
    case('target-below-zero', 'targets begin at 0', probability=[0.5], target=[-1]),
    case('alpha-above-one', 'a weight is at most 1', alpha=2, probability=[0.5], target=[1]),
    case('gamma-negative', 'gamma is at least 0', gamma=-1, probability=[0.5], target=[1]),
    case('no-elements', 'a mean of nothing', probability=[], target=[]),
])
def focal_loss(probability, target, alpha=mp.mpf(1) / 4, gamma=2):
    same_shape(probability, target)
    numbers = flat(probability) + flat(target) + [alpha]
    if any(not mp.isnan(v) and not 0 <= v <= 1 for v in numbers) or not 0 <= gamma < mp.inf:
        raise Refused('domain')
    return mean(-term(alpha * y, 1 - p, p, gamma) - term((1 - alpha) * (1 - y), p, 1 - p, gamma)
                for p, y in zip(flat(probability), flat(target)))


def term(weight, missing, value, gamma):
    """weight · missing^gamma · ln value, where 0 · ln 0 is 0."""
    return mp.zero if weight == 0 else weight * missing ** gamma * mp.log(value)
