from mpmath import mp

from oracle import Refused, case, mean, oracle, same_shape, shape


@oracle('information/js-divergence', differentiable=['p', 'q'], cases=[
    case('three-outcomes', 'an ordinary pair', p=[0.2, 0.3, 0.5], q=[0.1, 0.6, 0.3]),
    case('exchanged', 'symmetric', p=[0.1, 0.6, 0.3], q=[0.2, 0.3, 0.5]),
    case('rows', 'the mean over rows, not elements', p=[[0.5, 0.5], [0.9, 0.1]],
         q=[[0.25, 0.75], [0.5, 0.5]]),
    case('last-axis-of-three', 'rows run along the last axis',
         p=[[[0.5, 0.5], [0.25, 0.75]], [[0.75, 0.25], [0.125, 0.875]]],
         q=[[[0.25, 0.75], [0.5, 0.5]], [[0.5, 0.5], [0.5, 0.5]]]),
    case('equal', 'a distribution is not away from itself', flags=['edge'], gradient=False,
         p=[0.25, 0.125, 0.625], q=[0.25, 0.125, 0.625]),
    case('near', 'next to each other, second order', flags=['tail'], strict=True, p=[0.5, 0.5],
         q=[0.5 + 2 ** -20, 0.5 - 2 ** -20]),
    case('disjoint', 'as far apart as distributions can be: ln 2', flags=['edge'],
         gradient=False, p=[1, 0], q=[0, 1]),
    case('disjoint-in-part', 'zeros that stand opposite', flags=['edge'], gradient=False,
         p=[0.5, 0.5, 0], q=[0, 0.5, 0.5]),
    case('impossible-under-both', 'an outcome that nobody allows changes nothing',
         flags=['edge'], gradient=False, p=[0, 0.25, 0.75], q=[0, 0.5, 0.5]),
    case('certain-against-even', 'a one-hot distribution beside an even one', flags=['edge'],
         gradient=False, p=[1, 0], q=[0.5, 0.5]),
    case('seam-of-contrast', 'one three times the other', flags=['seam'], p=[0.75, 0.25],
         q=[0.25, 0.75]),
    case('almost-impossible', 'an outcome that is possible under one by a hair',
         flags=['tail'], p=[1e-300, 1], q=[0.5, 0.5]),
    case('subnormal', 'the smallest probabilities', flags=['underflow'], gradient=False,
         p=[5e-324, 1], q=[1e-323, 1]),
    case('one-outcome', 'a single outcome is certain', flags=['edge'], gradient=False,
         p=[1], q=[1]),
    case('missing', 'NaN propagates', flags=['special'], p=[float('nan'), 0.5], q=[0.5, 0.5]),
    case('shapes-differ', 'three outcomes for two', p=[0.5, 0.25, 0.25], q=[0.5, 0.5]),
    case('no-axis', 'a number has no rows', p=1, q=1),
    case('q-not-normalised', 'shares that exceed the whole', p=[0.5, 0.5], q=[0.8, 0.8]),
    case('p-below-zero', 'probabilities begin at 0', p=[-0.5, 1.5], q=[0.5, 0.5]),
    case('no-elements', 'no outcomes', p=[], q=[]),
])
def js_divergence(p, q):
    same_shape(p, q)
    if shape(p) == []:
        raise Refused('shape')
    for row in rows(p) + rows(q):
        # Gradients are taken by steps of 1e-25, which may leave the ends.
        if any(v < -1e-20 or v > 1 + mp.mpf(1e-20) for v in row) or abs(mp.fsum(row) - 1) > 0.01:
            raise Refused('domain')
    return mean(map(divergence, rows(p), rows(q)))


def rows(array):
    if isinstance(array[0], list):
        return [row for level in array for row in rows(level)]
    return [array]


def divergence(p, q):
    if any(mp.isnan(v) for v in p + q):
        return mp.nan
    middle = [(a + b) / 2 for a, b in zip(p, q)]
    return (relative_entropy(p, middle) + relative_entropy(q, middle)) / 2


def relative_entropy(p, q):
    return mp.fsum(a * mp.log(a / b) for a, b in zip(p, q) if a != 0)
