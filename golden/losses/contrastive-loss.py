from mpmath import mp

from oracle import Refused, case, flat, mean, oracle, same_shape

# The differences behind a gradient at a distance of 0 step below it, by less than this.
STEP = mp.mpf(10) ** -20


@oracle('losses/contrastive-loss', differentiable=['distance'], cases=[
    case('ordinary', 'four pairs, one of them dissimilar and beyond the margin',
         distance=[0.2, 0.5, 1.5, 0.8], target=[1, 0, 0, 1]),
    case('dissimilar-far', 'dissimilar and beyond the margin: nothing to pay', distance=[2],
         target=[0]),
    case('similar-far', 'similar and far apart: the square of the distance', distance=[2],
         target=[1]),
    case('at-the-margin', 'value and slope both reach 0 at the margin', flags=['seam'],
         gradient=False, distance=[1, 1], target=[0, 1]),
    case('next-to-the-margin', 'one rounding short of the margin, and one beyond', flags=['seam'],
         distance=[1 - 2 ** -53, 1 + 2 ** -52], target=[0, 0]),
    case('coinciding', 'distances of 0 cost nothing or the margin squared', flags=['edge'],
         distance=[0, 0], target=[1, 0], margin=1.5),
    case('small-margin', 'margin other than its default', distance=[0.125, 0.5, 0.0625],
         target=[0, 0, 1], margin=0.25),
    case('large-margin', 'every dissimilar pair is too close', distance=[0.5, 3, 8],
         target=[0, 0, 0], margin=100),
    case('matrix', 'the mean is over all pairs', distance=[[0.5, 1], [0.25, 4]],
         target=[[1, 0], [0, 1]], margin=2),
    case('tiny-distances', 'squares of distances around 1e-150', flags=['underflow'],
         distance=[1e-150, 2e-150], target=[1, 1]),
    case('large-distance', 'a dissimilar pair whose squared distance overflows costs nothing',
         flags=['overflow'], strict=True, gradient=False, distance=[1e200, 0.5], target=[0, 1]),
    case('infinite-and-dissimilar', 'infinitely far apart: nothing to pay', flags=['special'],
         strict=True, distance=[float('inf'), 0.5], target=[0, 1]),
    case('infinite-and-similar', 'infinitely far apart: infinitely much to pay',
         flags=['special'], distance=[float('inf'), 0.5], target=[1, 1]),
    case('missing', 'NaN propagates', flags=['special'], distance=[float('nan'), 0.5],
         target=[1, 0]),
    case('shapes-differ', 'two distances for one pair', distance=[0.5, 0.5], target=[1]),
    case('row-against-column', 'n against n by 1 is not broadcast', distance=[0.5, 0.5],
         target=[[1], [0]]),
    case('distance-negative', 'distances are at least 0', distance=[-1], target=[1]),
    case('target-between', 'a pair is similar or not', distance=[1], target=[0.5]),
    case('margin-zero', 'margin must be positive', distance=[1], target=[0], margin=0),
    case('margin-negative', 'margin must be positive', distance=[1], target=[0], margin=-1),
    case('no-elements', 'a mean of nothing', distance=[], target=[]),
])
def contrastive_loss(distance, target, margin=1):
    same_shape(distance, target)
    if any(d < -STEP for d in flat(distance)) or any(y not in (0, 1) for y in flat(target)):
        raise Refused('domain')
    if not 0 < margin < mp.inf:
        raise Refused('domain')
    return mean(cost(d, y, margin) for d, y in zip(flat(distance), flat(target)))


def cost(d, y, margin):
    if mp.isnan(d):
        return d
    return d ** 2 if y == 1 else max(mp.zero, margin - d) ** 2
