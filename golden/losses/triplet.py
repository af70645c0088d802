from mpmath import mp

from oracle import Refused, case, mean, oracle, same_shape, shape


@oracle('losses/triplet', differentiable=['anchor', 'positive', 'negative'], cases=[
    case('ordinary', 'two triplets, one of which keeps the margin',
         anchor=[[0, 0], [1, 2]], positive=[[3, 4], [1.5, 2]], negative=[[0, 2], [4, 6]]),
    case('kept', 'the negative is farther by more than the margin: nothing to pay',
         anchor=[[0, 0]], positive=[[0, 1]], negative=[[3, 4]]),
    case('missed', 'the negative is closer', anchor=[[1, -1, 0.5]], positive=[[2, 1, -0.5]],
         negative=[[1.5, -1, 0.25]]),
    case('at-the-margin', 'farther by exactly the margin', flags=['seam'], gradient=False,
         anchor=[[0, 0]], positive=[[3, 4]], negative=[[6, 0]]),
    case('one-column', 'points on a line', anchor=[[0], [1]], positive=[[2], [1.25]],
         negative=[[-1], [0.5]]),
    case('small-margin', 'margin other than its default', margin=0.125,
         anchor=[[0, 0], [1, 1]], positive=[[1, 0], [1, 2]], negative=[[0, 1.0625], [3, 1]]),
    case('margin-zero', 'a margin of 0 is allowed: only the order counts', flags=['edge'],
         margin=0, anchor=[[0, 0], [0, 0]], positive=[[3, 4], [1, 0]],
         negative=[[0, 2], [0, 2]]),
    case('coincident-classes', 'positive and negative coincide: the margin', flags=['edge'],
         anchor=[[0.1, 0.7]], positive=[[1, 2]], negative=[[1, 2]]),
    case('collapsed', 'all embeddings in one point: the margin, and no way out', flags=['kink'],
         gradient=False, anchor=[[1, 2], [1, 2]], positive=[[1, 2], [1, 2]],
         negative=[[1, 2], [1, 2]]),
    case('anchor-on-positive', 'no distance to the positive', flags=['kink'], gradient=False,
         anchor=[[1, 2]], positive=[[1, 2]], negative=[[1.5, 2]]),
    case('offset', 'near points far from the origin, which |a|² − 2 a·b + |b|² cannot tell apart',
         anchor=[[1e8, 1e8]], positive=[[1e8 + 1, 1e8]], negative=[[1e8, 1e8 + 0.5]]),
    case('many-columns', 'eight coordinates', anchor=[[0] * 8],
         positive=[[1, -1, 0.5, 2, -0.25, 0, 1, 3]], negative=[[1, 1, 1, 1, -1, -1, -1, -1]]),
    case('squares-overflow', 'distances whose squares overflow', flags=['overflow'], strict=True,
         gradient=False, anchor=[[3e200, 4e200]], positive=[[0, 0]], negative=[[3e200, 0]]),
    case('squares-vanish', 'distances whose squares vanish', flags=['underflow'], strict=True,
         gradient=False, margin=0, anchor=[[3e-200, 4e-200]], positive=[[0, 0]], negative=[[3e-200, 0]]),
    case('missing', 'NaN propagates', flags=['special'], anchor=[[float('nan'), 0], [0, 0]],
         positive=[[1, 0], [0, 1]], negative=[[2, 0], [0, 2]]),
    case('shapes-differ', 'one negative for two anchors', anchor=[[0, 0], [1, 1]],
         positive=[[1, 0], [0, 1]], negative=[[2, 2]]),
    case('no-matrix', 'points are rows of a matrix', anchor=[0, 0], positive=[1, 0],
         negative=[2, 0]),
    case('margin-negative', 'margin must not be negative', margin=-1, anchor=[[0, 0]],
         positive=[[1, 0]], negative=[[2, 0]]),
    case('no-triplets', 'a mean of nothing', anchor=[[]], positive=[[]], negative=[[]]),
])
def triplet(anchor, positive, negative, margin=1):
    if len(shape(anchor)) != 2:
        raise Refused('shape')
    same_shape(anchor, positive, negative)
    if not 0 <= margin < mp.inf:
        raise Refused('domain')
    return mean(term(a, p, q, margin) for a, p, q in zip(anchor, positive, negative))


def term(a, p, q, margin):
    gap = distance(a, p) - distance(a, q) + margin
    return gap if mp.isnan(gap) else max(mp.zero, gap)


def distance(a, b):
    return mp.sqrt(mp.fsum((x - y) ** 2 for x, y in zip(a, b)))
