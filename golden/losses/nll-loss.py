from mpmath import mp

from oracle import Refused, case, flat, mean, oracle, shape

INF = float('inf')


@oracle('losses/nll-loss', differentiable=['logProbability'], integers=['target'], cases=[
    case('three-classes', 'three samples, one of them surprising',
         logProbability=[[-0.35667494393873245, -1.6094379124341003, -2.302585092994046],
                         [-2.302585092994046, -0.2231435513142097, -2.302585092994046],
                         [-1.3862943611198906, -1.3862943611198906, -0.6931471805599453]],
         target=[0, 2, 2]),
    case('one-row', 'a single sample', logProbability=[[-0.5, -1, -3]], target=[1]),
    case('mean-over-rows', 'the mean is over rows, not elements',
         logProbability=[[-0.5, -1], [-3, -0.25]], target=[0, 1]),
    case('last-class', 'classes are counted from 0', logProbability=[[-1, -2, -4]], target=[2]),
    case('one-class', 'what is certain costs nothing', flags=['edge'], logProbability=[[0], [0]],
         target=[0, 0]),
    case('certain', 'a logarithm of 0 is a probability of 1', flags=['edge'],
         logProbability=[[0, -800]], target=[0]),
    case('impossible', 'not clipped: what was impossible costs infinitely much',
         flags=['special'], logProbability=[[-INF, 0], [-1, -1]], target=[0, 0]),
    case('impossible-elsewhere', 'what did not happen may be impossible', flags=['special'],
         logProbability=[[0, -INF], [-1, -1]], target=[0, 1]),
    case('not-normalised', 'rows are taken as they are', flags=['edge'],
         logProbability=[[-1, -1]], target=[0]),
    case('tiny', 'probabilities next to 1', flags=['tail'],
         logProbability=[[-1e-300, -1], [-3e-300, -1]], target=[0, 0]),
    case('huge', 'the sum overflows, the mean does not', flags=['overflow'], gradient=False,
         logProbability=[[-1.5e308, -1], [-1.5e308, -2]], target=[0, 0]),
    case('missing', 'NaN propagates', flags=['special'],
         logProbability=[[float('nan'), -1], [-1, -1]], target=[0, 0]),
    case('one-label-short', 'two rows for one label', logProbability=[[-1, -1], [-1, -1]],
         target=[0]),
    case('vector', 'a row is not a matrix', logProbability=[-1, -1], target=[0]),
    case('label-negative', 'no counting from the end', logProbability=[[-1, -2]], target=[-1]),
    case('label-beyond', 'labels end before the number of classes', logProbability=[[-1, -2]],
         target=[2]),
    case('above-zero', 'no probability exceeds 1', logProbability=[[0.5, -2]], target=[0]),
    case('no-elements', 'a mean of nothing', logProbability=[[]], target=[0]),
])
def nll_loss(logProbability, target):
    if len(shape(logProbability)) != 2 or shape(target) != shape(logProbability)[:1]:
        raise Refused('shape')
    if not flat(logProbability):
        raise Refused('empty')
    classes = len(logProbability[0])
    if any(label not in range(classes) for label in target):
        raise Refused('domain')
    # Gradients are taken by steps of 1e-25, which may leave the ends.
    if any(value > 1e-20 for value in flat(logProbability)):
        raise Refused('domain')
    if any(mp.isnan(row[label]) for row, label in zip(logProbability, target)):
        return mp.nan
    return mean(-row[label] for row, label in zip(logProbability, target))
