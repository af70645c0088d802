from mpmath import mp

from oracle import Refused, case, flat, mean, oracle, same_shape


@oracle('losses/binary-cross-entropy', differentiable=['probability'], cases=[
    case('ordinary', 'four predictions of the source document', flags=['notebook'],
         probability=[0.9, 0.1, 0.2, 0.8], target=[1, 0, 0, 1]),
    case('wrong-side', 'one prediction on the wrong side of one half',
         probability=[0.9, 0.2, 0.35, 0.6], target=[1, 0, 1, 0]),
    case('certain-and-right', 'certain predictions that come true cost nothing', flags=['edge'],
         gradient=False, probability=[0, 1], target=[0, 1]),
    case('certain-and-wrong', 'a certain prediction that fails costs infinitely much',
         flags=['edge'], gradient=False, probability=[0, 0.5], target=[1, 1]),
    case('soft-targets', 'targets between the classes', probability=[0.25, 0.5], target=[0.5, 0.75]),
    case('at-the-target', 'a soft target predicted exactly costs its entropy',
         probability=[0.125, 0.75], target=[0.125, 0.75]),
    case('one-half', 'ln 2 whatever the target', probability=[0.5, 0.5, 0.5],
         target=[0, 1, 0.3]),
    case('next-to-zero', 'ln(1 - p) near p = 0 is -p, which 1 - p forgets', flags=['tail'],
         probability=[1e-20, 1e-9], target=[0, 0]),
    case('subnormal', 'the smallest positive probability', flags=['tail'], gradient=False,
         probability=[5e-324], target=[1]),
    case('next-to-one', 'the largest probability below 1', flags=['tail'],
         probability=[1 - 2 ** -53], target=[0]),
    case('matrix', 'the mean is over all elements', probability=[[0.5, 0.25], [0.75, 1]],
         target=[[1, 0], [1, 1]], gradient=False),
    case('missing', 'NaN propagates', flags=['special'], probability=[float('nan'), 0.5],
         target=[1, 0]),
    case('shapes-differ', 'two predictions for one target', probability=[0.5, 0.5], target=[1]),
    case('row-against-column', 'n against n by 1 is not broadcast',
         probability=[0.5, 0.5], target=[[1], [0]]),
    case('probability-above-one', 'probabilities end at 1', probability=[1.5], target=[1]),
    case('target-below-zero', 'targets begin at 0', probability=[0.5], target=[-1]),
    case('no-elements', 'a mean of nothing', probability=[], target=[]),
])
def binary_cross_entropy(probability, target):
    same_shape(probability, target)
    if any(not mp.isnan(v) and not 0 <= v <= 1 for v in flat(probability) + flat(target)):
        raise Refused('domain')
    return mean(-(weighted_log(y, p) + weighted_log(1 - y, 1 - p))
                for p, y in zip(flat(probability), flat(target)))


def weighted_log(weight, value):
    """weight · ln value, where 0 · ln 0 is 0."""
    return mp.zero if weight == 0 else weight * mp.log(value)
