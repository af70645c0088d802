from mpmath import mp, mpf
from oracle import Refused, case, oracle, shape


@oracle('metrics-ranking/roc-curve', cases=[
    case('transcript', 'three tied scores, of both classes', flags=['notebook'],
         target=[1, 0, 1, 1, 0, 0, 1, 0, 1, 1],
         score=[0.9, 0.1, 0.8, 0.35, 0.4, 0.35, 0.7, 0.2, 0.55, 0.35]),
    case('four', 'one negative above one positive', target=[0, 0, 1, 1],
         score=[0.1, 0.4, 0.35, 0.8]),
    case('thirds', 'rates that no double holds', target=[1, 0, 1, 0, 1, 0],
         score=[6, 5, 4, 3, 2, 1]),
    case('perfect', 'up first, then to the right', target=[0, 1, 0, 1],
         score=[0.125, 0.75, 0.25, 0.5]),
    case('perfectly-wrong', 'to the right first, then up', target=[1, 0, 1, 0],
         score=[0.125, 0.75, 0.25, 0.5]),
    case('all-tied', 'one diagonal step', flags=['ties'], target=[1, 0, 1, 0, 0],
         score=[0.5, 0.5, 0.5, 0.5, 0.5]),
    case('tied-positive-last', 'a tie is crossed in one step in either order', flags=['ties'],
         target=[1, 0, 1, 0, 1], score=[3, 2, 2, 1, 4]),
    case('tied-positive-first', 'the same with the tied pair exchanged', flags=['ties'],
         target=[1, 1, 0, 0, 1], score=[3, 2, 2, 1, 4]),
    case('scattered-ties', 'equal scores that are no neighbours', flags=['ties'],
         target=[1, 0, 0, 1, 1, 0], score=[2, 1, 2, 1, 2, 1]),
    case('near-ties', 'an ulp apart is not equal', flags=['ties'], target=[1, 0, 1, 0],
         score=[0.30000000000000004, 0.3, 0.1, 0.09999999999999999]),
    case('tiny-scores', 'far closer than 1e-8, and none of them equal', flags=['ties'],
         target=[0, 1, 0, 1], score=[1e-9, 4e-9, 3.5e-9, 8e-9]),
    case('equal-steps', 'points on a straight line are kept', target=[1, 1, 1, 0, 0, 0],
         score=[6, 5, 4, 3, 2, 1]),
    case('negative-scores', 'log-odds, of either sign', target=[1, 0, 1, 0],
         score=[-0.5, -2, 1.5, 0]),
    case('signed-zeros', '-0 and 0 are equal', flags=['edge', 'ties'], target=[1, 0, 1],
         score=[0, -0.0, 1]),
    case('as-text', 'scores of which text would sort 10 before 9', target=[0, 1, 0, 1, 1],
         score=[9, 10, 2, 1, 100]),
    case('huge-scores', 'their differences overflow', flags=['overflow'], target=[1, 0, 1, 0],
         score=[1.5e308, -1.5e308, -1e308, 1e308]),
    case('subnormal-scores', 'the smallest of all differences', flags=['underflow'],
         target=[0, 1, 0], score=[0, 5e-324, 1e-323]),
    case('two', 'the shortest curve', target=[0, 1], score=[0.25, 0.75]),
    case('one-negative', 'a single step to the right', flags=['edge'], target=[1, 1, 0, 1],
         score=[1, 2, 3, 4]),
    case('no-negatives', 'no rate of false alarms', flags=['edge'], target=[1, 1],
         score=[0.5, 0.25]),
    case('no-positives', 'no rate of hits', flags=['edge'], target=[0, 0], score=[0.5, 0.25]),
    case('other-labels', 'classes -1 and 1', target=[-1, 1], score=[0.25, 0.75]),
    case('missing-score', 'NaN has no place in the order', target=[0, 1, 1],
         score=[0.25, float('nan'), 0.5]),
    case('infinite-score', 'infinity is the threshold of (0, 0) alone', target=[0, 1],
         score=[0.25, float('inf')]),
    case('shapes-differ', 'three classes for two scores', target=[0, 1, 1], score=[0.25, 0.5]),
    case('matrix', 'a curve of one vector only', target=[[0, 1]], score=[[0.25, 0.5]]),
    case('no-elements', 'no curve of nothing', target=[], score=[]),
])
def roc_curve(target, score):
    if len(shape(target)) != 1 or shape(score) != shape(target):
        raise Refused('shape')
    if not target:
        raise Refused('empty')
    if any(label not in (0, 1) for label in target) or len(set(target)) < 2:
        raise Refused('domain')
    if not all(mp.isfinite(s) for s in score):
        raise Refused('domain')
    # As the definition reads: for every threshold, all elements anew.
    thresholds = [mpf('inf')] + sorted(set(score), reverse=True)

    def rate(label, threshold):
        scores = [s for y, s in zip(target, score) if y == label]
        return mpf(sum(s >= threshold for s in scores)) / len(scores)
    return {
        'falsePositiveRate': [rate(0, threshold) for threshold in thresholds],
        'truePositiveRate': [rate(1, threshold) for threshold in thresholds],
        'thresholds': thresholds,
    }
