from mpmath import mp

from oracle import Refused, case, flat, mean, oracle, shape

INF = float('inf')


@oracle('losses/categorical-hinge', differentiable=['scores'], integers=['target'], cases=[
    case('inside-the-margin', 'right, but by less than 1', scores=[[2, 1.5, -1]], target=[0]),
    case('beyond-the-margin', 'right by more than 1', scores=[[0, 3, 1]], target=[1]),
    case('wrong', 'a rival scores more', scores=[[0.5, -2, 4]], target=[1]),
    case('rows', 'the mean is over rows', scores=[[2, 1.5, -1], [0, 3, 1], [0.5, -2, 4]],
         target=[0, 1, 1]),
    case('at-the-margin', 'right by exactly 1', flags=['seam'], gradient=False,
         scores=[[2, 1]], target=[0]),
    case('all-negative', 'the true class is not its own rival, with a score of 0',
         scores=[[-3, -5]], target=[0]),
    case('positive-and-true', 'nor is its score', scores=[[5, 4.5]], target=[0]),
    case('equal-scores', 'without any preference the loss is 1', flags=['edge'], gradient=False,
         scores=[[0, 0, 0]], target=[2]),
    case('tied-rivals', 'two rivals share the best score', flags=['edge'], gradient=False,
         scores=[[1, 3, 3]], target=[0]),
    case('best-rival-only', 'only the best rival counts', scores=[[0, 0.5, 0.25, 0.125]],
         target=[0]),
    case('one-class', 'a class without rivals costs nothing', flags=['edge'], scores=[[-3], [7]],
         target=[0, 0]),
    case('large', 'large scores', scores=[[1e8, 1e8 + 0.25]], target=[0]),
    case('huge', 'the margin is lost beside the scores', flags=['overflow'],
         scores=[[-1e300, 1e300]], target=[0]),
    case('masked-rival', 'a rival of -Infinity is none', flags=['special'],
         scores=[[0, -INF, 0.5]], target=[0]),
    case('missing', 'NaN propagates', flags=['special'], scores=[[float('nan'), 0], [0, 0]],
         target=[1, 0]),
    case('one-label-short', 'two rows for one label', scores=[[0, 1], [1, 0]], target=[0]),
    case('vector', 'a row is not a matrix', scores=[0, 1], target=[0]),
    case('label-negative', 'no counting from the end', scores=[[0, 1]], target=[-1]),
    case('label-beyond', 'labels end before the number of classes', scores=[[0, 1]], target=[2]),
    case('no-elements', 'a mean of nothing', scores=[[]], target=[0]),
])
def categorical_hinge(scores, target):
    if len(shape(scores)) != 2 or shape(target) != shape(scores)[:1]:
        raise Refused('shape')
    if not flat(scores):
        raise Refused('empty')
    if any(label not in range(len(scores[0])) for label in target):
        raise Refused('domain')
    if any(mp.isnan(score) for score in flat(scores)):
        return mp.nan
    return mean(cost(row, label) for row, label in zip(scores, target))


def cost(row, label):
    rivals = [score for k, score in enumerate(row) if k != label]
    return max(mp.zero, 1 + max(rivals) - row[label]) if rivals else mp.zero
