from mpmath import mp, mpf

from oracle import Refused, case, flat, oracle, shape

INF = float('inf')


@oracle('losses/cross-entropy-from-logits', differentiable=['logits'],
        integers=['target', 'ignoredLabel'], cases=[
    case('two-rows', 'two samples of three classes', logits=[[1, 2, 0], [0, 1, 3]],
         target=[1, 2]),
    case('one-row', 'a single sample', logits=[[0.5, -1, 2]], target=[0]),
    case('even', 'ln c where nothing is preferred', logits=[[0.25, 0.25, 0.25]], target=[1]),
    case('one-class', 'one class is certain', flags=['edge'], logits=[[3]], target=[0]),
    case('ignored', 'an ignored row is neither added nor counted',
         logits=[[1, 2, 0], [0, 1, 3]], target=[1, -100]),
    case('ignored-class', 'a class may be the ignored one', logits=[[1, 2, 0], [0, 1, 3]],
         target=[0, 2], ignoredLabel=0),
    case('all-ignored', 'the mean over no rows', flags=['edge'], gradient=False,
         logits=[[1, 2], [0, 1]], target=[-100, -100]),
    case('smoothed', 'a tenth of certainty shared among four classes',
         logits=[[1, 2, 0, -1], [0, 1, 3, 0.5]], target=[1, 2], labelSmoothing=0.1),
    case('smoothed-away', 'nothing but even shares left', flags=['edge'],
         logits=[[1, 2, 0]], target=[1], labelSmoothing=1),
    case('smoothed-and-ignored', 'both at once', logits=[[1, 2], [0, 3], [-1, 4]],
         target=[1, 0, 2], labelSmoothing=0.25, ignoredLabel=2),
    case('large-logits', 'exponentials overflow unless shifted', flags=['overflow'],
         logits=[[1000, 1001, 1002]], target=[0]),
    case('far-apart', 'the probability underflows, its logarithm does not', flags=['underflow'],
         logits=[[0, 800]], target=[0]),
    case('almost-certain', 'the little that is missing from 1', flags=['tail'], strict=True,
         logits=[[0, -40, -45]], target=[0]),
    case('offset', 'logits that differ in their last digits', logits=[[1e8 + 0.0625, 1e8]],
         target=[1]),
    case('masked', '-Infinity takes no share', flags=['special'], logits=[[0, -INF, 1]],
         target=[0]),
    case('masked-and-true', 'a masked class that happens', flags=['special'],
         logits=[[0, -INF, 1]], target=[1]),
    case('masked-and-smoothed', 'a masked class that is given a share', flags=['special'],
         logits=[[0, -INF, 1]], target=[0], labelSmoothing=0.5),
    case('missing', 'NaN propagates', flags=['special'], logits=[[float('nan'), 0], [0, 0]],
         target=[1, 0]),
    case('one-label-short', 'two rows for one label', logits=[[0, 1], [1, 0]], target=[0]),
    case('vector', 'a row is not a matrix', logits=[0, 1], target=[0]),
    case('label-negative', 'no counting from the end', logits=[[0, 1]], target=[-1]),
    case('label-beyond', 'labels end before the number of classes', logits=[[0, 1]], target=[2]),
    case('smoothing-above-one', 'no more than all certainty', logits=[[0, 1]], target=[0],
         labelSmoothing=1.5),
    case('no-elements', 'a mean of nothing', logits=[[]], target=[0]),
])
def cross_entropy_from_logits(logits, target, labelSmoothing=mpf(0), ignoredLabel=-100):
    if len(shape(logits)) != 2 or shape(target) != shape(logits)[:1]:
        raise Refused('shape')
    if not flat(logits):
        raise Refused('empty')
    classes = len(logits[0])
    if any(label not in range(classes) and label != ignoredLabel for label in target):
        raise Refused('domain')
    if not 0 <= labelSmoothing <= 1:
        raise Refused('domain')
    costs = [cost(row, label, labelSmoothing)
             for row, label in zip(logits, target) if label != ignoredLabel]
    if not costs or any(mp.isnan(c) for c in costs):
        return mp.nan
    return mp.fsum(costs) / len(costs)


def cost(row, label, smoothing):
    if any(mp.isnan(z) for z in row):
        return mp.nan
    total = mp.fsum(mp.exp(z) for z in row if z != -INF)
    terms = []
    for k, z in enumerate(row):
        weight = (1 - smoothing if k == label else 0) + smoothing / len(row)
        if weight != 0:
            terms.append(weight * (INF if z == -INF else mp.log(total) - z))
    return mp.fsum(terms)
