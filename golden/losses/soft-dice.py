from mpmath import mp

from oracle import Refused, case, flat, oracle, same_shape

# The differences behind a gradient at an end of [0, 1] step beyond it, by less than this.
STEP = mp.mpf(10) ** -20


@oracle('losses/soft-dice', differentiable=['probability'], cases=[
    case('ordinary', 'a soft mask of four elements', probability=[0.9, 0.2, 0.35, 0.6],
         target=[1, 0, 1, 0]),
    case('dyadic', 'one fifth', probability=[1, 0.5, 0.5], target=[1, 1, 0]),
    case('small-smoothing', 'smoothing other than its default', smoothing=0.0625,
         probability=[0.75, 0.25, 0.5], target=[1, 0, 1]),
    case('large-smoothing', 'smoothing that drowns the masks', smoothing=1000,
         probability=[0.75, 0.25, 0.5], target=[1, 0, 1]),
    case('tiny-smoothing', 'hardly smoothed', smoothing=1e-7, probability=[0.75, 0.25, 0.5],
         target=[1, 0, 1]),
    case('soft-target', 'a soft mask predicted exactly still costs something',
         probability=[0.25, 0.5], target=[0.25, 0.5]),
    case('matrix', 'the sums are over all elements', probability=[[0.5, 0.25], [0.75, 0.125]],
         target=[[1, 0], [1, 1]]),
    case('single', 'one element', probability=[0.75], target=[1]),
    case('both-empty', 'two empty masks agree', flags=['edge'], probability=[0, 0],
         target=[0, 0]),
    case('both-full', 'two full masks agree', flags=['edge'], probability=[1, 1, 1],
         target=[1, 1, 1]),
    case('empty-prediction', 'nothing found', flags=['edge'], probability=[0, 0, 0],
         target=[1, 0, 1]),
    case('empty-target', 'nothing to find', flags=['edge'], probability=[0.5, 1, 0.25],
         target=[0, 0, 0]),
    case('disjoint', 'no overlap', flags=['edge'], probability=[1, 0, 1], target=[0, 1, 0]),
    case('next-to-right', 'a loss next to 0, which 1 minus a ratio rounds away', flags=['tail'],
         strict=True, probability=[1 - 2 ** -53, 1e-20], target=[1, 0]),
    case('tiny-prediction', 'an empty mask predicted almost exactly', flags=['tail'],
         probability=[1e-30, 1e-25], target=[0, 0]),
    case('missing', 'NaN propagates', flags=['special'], probability=[float('nan'), 0.5],
         target=[1, 0]),
    case('shapes-differ', 'two predictions for one element', probability=[0.5, 0.5], target=[1]),
    case('row-against-column', 'n against n by 1 is not broadcast',
         probability=[0.5, 0.5], target=[[1], [0]]),
    case('probability-above-one', 'probabilities end at 1', probability=[1.5], target=[1]),
    case('target-below-zero', 'targets begin at 0', probability=[0.5], target=[-1]),
    case('smoothing-zero', 'smoothing must be positive', smoothing=0, probability=[0.5],
         target=[1]),
    case('no-elements', 'a mask of nothing', probability=[], target=[]),
])
def soft_dice(probability, target, smoothing=1):
    same_shape(probability, target)
    numbers = flat(probability) + flat(target)
    if any(not mp.isnan(v) and not -STEP <= v <= 1 + STEP for v in numbers):
        raise Refused('domain')
    if not 0 < smoothing < mp.inf:
        raise Refused('domain')
    both = mp.fsum(p * t for p, t in zip(flat(probability), flat(target)))
    return 1 - (2 * both + smoothing) / (mp.fsum(numbers) + smoothing)
