from mpmath import mp

from oracle import Refused, case, flat, mean, oracle, same_shape

INF = float('inf')


@oracle('losses/squared-hinge-loss', differentiable=['scores'], cases=[
    case('ordinary', 'four scores of both classes, one of them beyond the margin',
         scores=[2, -0.5, 0.25, 1.5], target=[1, -1, 1, -1]),
    case('at-the-margin', 'a score of exactly 1 on the right side costs nothing', flags=['seam'],
         gradient=False, scores=[1, -1], target=[1, -1]),
    case('at-the-other-margin', 'a score of exactly 1 on the wrong side', flags=['seam'],
         scores=[1, -1], target=[-1, 1]),
    case('next-to-the-margin', 'one rounding short of the margin, and one beyond', flags=['seam'],
         scores=[1 - 2 ** -53, 1 + 2 ** -52], target=[1, 1]),
    case('on-the-decision', 'scores of 0 cost 1 whatever the class', scores=[0, 0],
         target=[1, -1]),
    case('all-beyond', 'no cost where every score clears the margin', scores=[1.5, -3, 8],
         target=[1, -1, 1]),
    case('all-wrong', 'every score on the wrong side', scores=[-1.5, 3, -8], target=[1, -1, 1]),
    case('matrix', 'the mean is over all elements', scores=[[0.5, 2], [-0.25, -4]],
         target=[[1, -1], [1, -1]]),
    case('single', 'one element', scores=[0.75], target=[1]),
    case('tiny-scores', 'scores that vanish beside the margin', flags=['underflow'],
         gradient=False, scores=[1e-300, -1e-20], target=[1, 1]),
    case('large-scores', 'WHY1e120', flags=['overflow'],
         scores=[1e120, -1e120], target=[-1, -1]),
    case('mean-of-huge', 'terms whose sum overflows have a finite mean', flags=['overflow'],
         strict=True, gradient=False, scores=[1.25e154, 1.25e154, 1.25e154], target=[-1, -1, -1]),
    case('infinite-and-right', 'an infinite score on the right side costs nothing',
         flags=['special'], scores=[INF, -INF, 0.5], target=[1, -1, 1]),
    case('infinite-and-wrong', 'an infinite score on the wrong side costs infinitely much',
         flags=['special'], scores=[-INF, 0.5], target=[1, 1]),
    case('missing', 'NaN propagates', flags=['special'], scores=[float('nan'), 2],
         target=[1, 1]),
    case('classes-zero-and-one', 'the negative class is -1, not 0', scores=[-3, 3],
         target=[0, 1]),
    case('shapes-differ', 'two scores for one class', scores=[0.5, 0.5], target=[1]),
    case('row-against-column', 'n against n by 1 is not broadcast',
         scores=[0.5, 0.5], target=[[1], [-1]]),
    case('no-elements', 'a mean of nothing', scores=[], target=[]),
])
def squared_hinge_loss(scores, target):
    same_shape(scores, target)
    if any(label not in (-1, 1) for label in flat(target)):
        raise Refused('domain')
    return mean(cost(label * score) for score, label in zip(flat(scores), flat(target)))


def cost(margin):
    if mp.isnan(margin):
        return margin
    return max(mp.zero, 1 - margin) ** 2
