from mpmath import mpf
from oracle import Refused, case, flat, oracle, shape


@oracle('metrics-classification/confusion-counts', cases=[
    case('transcript', 'six positives and four negatives, three of them missed',
         flags=['notebook'], target=[1, 0, 1, 1, 0, 0, 1, 0, 1, 1],
         prediction=[1, 0, 0, 1, 0, 1, 1, 0, 1, 0]),
    case('each-once', 'one of each', target=[1, 0, 0, 1], prediction=[1, 1, 0, 0]),
    case('all-different', 'four counts that no two exchanged leave as they are',
         target=[1, 0, 0, 0, 1, 1, 1, 0, 0, 0], prediction=[1, 1, 1, 0, 0, 0, 0, 0, 0, 0]),
    case('all-right', 'every prediction right', target=[1, 0, 1], prediction=[1, 0, 1]),
    case('all-wrong', 'every prediction wrong', target=[1, 0, 1], prediction=[0, 1, 0]),
    case('never-predicted', 'a classifier that never says 1', flags=['edge'],
         target=[0, 1, 0, 1, 1], prediction=[0, 0, 0, 0, 0]),
    case('always-predicted', 'a classifier that always says 1', flags=['edge'],
         target=[0, 1, 0, 1, 1], prediction=[1, 1, 1, 1, 1]),
    case('one-class', 'no negatives at all', flags=['edge'], target=[1, 1, 1],
         prediction=[1, 0, 1]),
    case('single', 'one element', target=[1], prediction=[0]),
    case('matrix', 'all elements count, in whatever shape', target=[[1, 0, 1], [0, 0, 1]],
         prediction=[[1, 1, 0], [0, 0, 1]]),
    case('more-than-a-byte', '260 of one kind', flags=['overflow'], target=[1] * 260 + [0] * 3,
         prediction=[1] * 260 + [0] * 2 + [1]),
    case('no-elements', 'four times nothing', flags=['edge'], target=[], prediction=[]),
    case('shapes-differ', 'three classes for two predictions', target=[1, 0, 1],
         prediction=[1, 0]),
    case('row-against-column', 'n against n by 1 is not broadcast', target=[1, 0, 1],
         prediction=[[1], [0], [1]]),
    case('signs', 'classes -1 and 1 are not taken for 0 and 1', target=[-1, 1, -1],
         prediction=[-1, 1, 1]),
    case('probabilities', 'a probability is no class', target=[1, 0], prediction=[0.75, 0.25]),
    case('missing', 'a class that is not known', target=[1, float('nan')], prediction=[1, 0]),
])
def confusion_counts(target, prediction):
    if shape(target) != shape(prediction):
        raise Refused('shape')
    pairs = list(zip(flat(target), flat(prediction)))
    if any(label not in (0, 1) for pair in pairs for label in pair):
        raise Refused('domain')
    # Not by the four conditions of the definition, but by where each pair stands in a table.
    table = [mpf(0)] * 4
    for observed, predicted in pairs:
        table[int(2 * observed + predicted)] += 1
    return dict(zip(('trueNegative', 'falsePositive', 'falseNegative', 'truePositive'), table))
