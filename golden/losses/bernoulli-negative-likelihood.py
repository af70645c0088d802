from mpmath import mp

from oracle import Refused, case, flat, oracle, same_shape

# The differences behind a gradient at an end of [0, 1] step beyond it, by less than this.
STEP = mp.mpf(10) ** -20


@oracle('losses/bernoulli-negative-likelihood', differentiable=['probability'], cases=[
    case('ordinary', 'four predictions, one on the wrong side of one half',
         probability=[0.9, 0.2, 0.35, 0.6], target=[1, 0, 1, 0]),
    case('one-of-each-class', 'dyadic probabilities: exactly -3/8', probability=[0.5, 0.25],
         target=[1, 0]),
    case('single', 'one element', probability=[0.75], target=[0]),
    case('matrix', 'the product runs over all elements', probability=[[0.5, 0.25], [0.75, 1]],
         target=[[1, 0], [1, 1]]),
    case('certain-and-right', 'certain predictions that come true: -1, the least there is',
         flags=['edge'], probability=[0, 1, 1], target=[0, 1, 1]),
    case('certain-and-wrong', 'one certain prediction fails: impossible', flags=['edge'],
         probability=[0, 0.5, 0.25], target=[1, 1, 0]),
    case('two-certain-and-wrong', 'no one element can make the likelihood positive again',
         flags=['edge'], probability=[0, 1, 0.25], target=[1, 0, 0]),
    case('one-half', 'minus two to the power of minus n', probability=[0.5] * 10,
         target=[0, 1] * 5),
    case('next-to-zero', '1 - p rounds to 1', flags=['tail'], probability=[1e-20, 1e-17],
         target=[0, 0]),
    case('next-to-one', 'the largest probability below 1', flags=['tail'],
         probability=[1 - 2 ** -53, 0.5], target=[0, 1]),
    case('small', 'a product of 1e-300', flags=['tail'], probability=[1e-100, 1e-100, 1e-100],
         target=[1, 1, 1]),
    case('underflow', 'a thousand halves and more vanish: work with logarithms instead',
         flags=['underflow'], gradient=False, probability=[0.5] * 1100, target=[1] * 1100),
    case('missing', 'NaN propagates', flags=['special'], probability=[float('nan'), 0.5],
         target=[1, 0]),
    case('shapes-differ', 'two predictions for one class', probability=[0.5, 0.5], target=[1]),
    case('row-against-column', 'n against n by 1 is not broadcast',
         probability=[0.5, 0.5], target=[[1], [0]]),
    case('probability-above-one', 'probabilities end at 1', probability=[1.5], target=[1]),
    case('probability-below-zero', 'probabilities begin at 0', probability=[-0.5], target=[0]),
    case('soft-target', 'a class is 0 or 1', probability=[0.5], target=[0.5]),
    case('no-elements', 'a product of nothing', probability=[], target=[]),
])
def bernoulli_negative_likelihood(probability, target):
    same_shape(probability, target)
    if any(not mp.isnan(p) and not -STEP <= p <= 1 + STEP for p in flat(probability)):
        raise Refused('domain')
    if any(y not in (0, 1) for y in flat(target)):
        raise Refused('domain')
    return -mp.fprod(p ** y * (1 - p) ** (1 - y) for p, y in zip(flat(probability), flat(target)))
