from mpmath import mp

from oracle import Refused, case, flat, mean, oracle, same_shape, shape


@oracle('information/kl-divergence', differentiable=['q'], cases=[
    case('three-outcomes', 'an ordinary pair', p=[0.2, 0.3, 0.5], q=[0.1, 0.6, 0.3]),
    case('exchanged', 'not symmetric', p=[0.1, 0.6, 0.3], q=[0.2, 0.3, 0.5]),
    case('rows', 'the mean over rows, not elements', p=[[0.5, 0.5], [0.9, 0.1]],
         q=[[0.25, 0.75], [0.5, 0.5]]),
    case('last-axis-of-three', 'rows run along the last axis',
         p=[[[0.5, 0.5], [0.25, 0.75]], [[1, 0], [0.125, 0.875]]],
         q=[[[0.25, 0.75], [0.5, 0.5]], [[0.75, 0.25], [0.5, 0.5]]]),
    case('equal', 'a distribution is not away from itself', flags=['edge'],
         p=[0.25, 0.125, 0.625], q=[0.25, 0.125, 0.625]),
    case('near', 'next to each other, second order', p=[0.5, 0.5],
         q=[0.5 + 2 ** -20, 0.5 - 2 ** -20]),
    case('even', 'ln c minus the entropy of p', p=[0.5, 0.25, 0.125, 0.125],
         q=[0.25, 0.25, 0.25, 0.25]),
    case('certain', 'a one-hot p costs minus ln q', p=[0, 1], q=[0.5, 0.5]),
    case('impossible-under-p', '0 ln 0 is 0', flags=['edge'], p=[0, 0.25, 0.75],
         q=[0.25, 0.5, 0.25]),
    case('impossible-under-both', 'an outcome that nobody allows changes nothing',
         flags=['edge'], p=[0, 0.25, 0.75], q=[0, 0.5, 0.5]),
    case('impossible-under-q', 'what q rules out costs infinitely much', flags=['edge'],
         gradient=False, p=[0.5, 0.5], q=[1, 0]),
    case('almost-impossible-under-q', 'a quotient that overflows', flags=['overflow'],
         gradient=False, strict=True, p=[0.5, 0.5], q=[1, 5e-324]),
    case('almost-impossible-under-p', 'a quotient that underflows', flags=['underflow'],
         strict=True, p=[1e-310, 1], q=[0.5, 0.5]),
    case('clipping-goes-negative', 'clipping p would make mass', flags=['edge'], p=[1, 0],
         q=[1, 1e-10]),
    case('one-outcome', 'a single outcome is certain', flags=['edge'], p=[1], q=[1]),
    case('missing', 'NaN propagates', flags=['special'], gradient=False,
         p=[float('nan'), 0.5], q=[0.5, 0.5]),
    case('shapes-differ', 'three outcomes for two', p=[0.5, 0.25, 0.25], q=[0.5, 0.5]),
    case('no-axis', 'a number has no rows', p=1, q=1),
    case('q-not-normalised', 'unnormalised q made the divergence negative', p=[0.5, 0.5],
         q=[0.8, 0.8]),
    case('p-below-zero', 'probabilities begin at 0', p=[-0.5, 1.5], q=[0.5, 0.5]),
    case('no-elements', 'no outcomes', p=[], q=[]),
])
def kl_divergence(p, q):
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
    if any(a > 0 and b == 0 for a, b in zip(p, q)):
        return mp.inf
    return mp.fsum(a * mp.log(a / b) for a, b in zip(p, q) if a != 0)
