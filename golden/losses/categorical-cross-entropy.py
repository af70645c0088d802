from mpmath import mp

from oracle import Refused, case, flat, mean, oracle, same_shape, shape


@oracle('losses/categorical-cross-entropy', differentiable=['probability'], cases=[
    case('three-classes', 'three samples, one of them surprising',
         probability=[[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.25, 0.25, 0.5]],
         target=[[1, 0, 0], [0, 0, 1], [0, 0, 1]]),
    case('one-row', 'a single sample', probability=[[0.5, 0.25, 0.25]], target=[[0, 1, 0]]),
    case('mean-over-rows', 'the mean is over rows, not elements',
         probability=[[0.5, 0.5], [0.25, 0.75]], target=[[1, 0], [1, 0]]),
    case('soft-targets', 'targets between the classes',
         probability=[[0.5, 0.25, 0.25]], target=[[0.25, 0.25, 0.5]]),
    case('at-the-target', 'predicted exactly, a soft target costs its entropy',
         probability=[[0.125, 0.875]], target=[[0.125, 0.875]]),
    case('even', 'ln c whatever happens', probability=[[0.25, 0.25, 0.25, 0.25]],
         target=[[0, 0, 1, 0]]),
    case('two-classes', 'binary cross-entropy, written out', probability=[[0.9, 0.1], [0.2, 0.8]],
         target=[[1, 0], [1, 0]]),
    case('certain-and-right', 'a certain prediction that comes true costs nothing',
         flags=['edge'], probability=[[0, 1]], target=[[0, 1]]),
    case('certain-and-wrong', 'what happens though it was impossible costs infinitely much',
         flags=['edge'], gradient=False, probability=[[0, 1], [0.5, 0.5]],
         target=[[1, 0], [1, 0]]),
    case('nothing-happened', 'a row of targets that are all 0 costs nothing', flags=['edge'],
         probability=[[0.5, 0.5], [0.5, 0.5]], target=[[0, 0], [1, 0]]),
    case('not-normalised', 'rows are taken as they are', flags=['edge'],
         probability=[[0.5, 0.25]], target=[[1, 0]]),
    case('subnormal', 'the smallest positive probability', flags=['tail'], gradient=False,
         probability=[[5e-324, 1]], target=[[1, 0]]),
    case('next-to-one', 'the largest probability below 1', flags=['tail'],
         probability=[[1 - 2 ** -53, 0]], target=[[1, 0]]),
    case('missing', 'NaN propagates', flags=['special'],
         probability=[[float('nan'), 0.5], [0.5, 0.5]], target=[[1, 0], [1, 0]]),
    case('shapes-differ', 'two rows for one', probability=[[0.5, 0.5], [0.5, 0.5]],
         target=[[1, 0]]),
    case('vector', 'a row is not a matrix', probability=[0.5, 0.5], target=[1, 0]),
    case('probability-above-one', 'probabilities end at 1', probability=[[1.5, 0]],
         target=[[1, 0]]),
    case('target-below-zero', 'targets begin at 0', probability=[[0.5, 0.5]], target=[[-1, 2]]),
    case('no-elements', 'a mean of nothing', probability=[[]], target=[[]]),
])
def categorical_cross_entropy(probability, target):
    same_shape(probability, target)
    if len(shape(probability)) != 2:
        raise Refused('shape')
    # Gradients are taken by steps of 1e-25, which may leave the ends.
    if any(v < -1e-20 or v > 1 + mp.mpf(1e-20) for v in flat(probability) + flat(target)):
        raise Refused('domain')
    return mean(-mp.fsum(y * mp.log(p) for p, y in zip(predicted, observed) if y != 0)
                for predicted, observed in zip(probability, target))
