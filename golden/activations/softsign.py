from mpmath import mp

from oracle import case, mapped, oracle

INF = float('inf')


@oracle('activations/softsign', differentiable=['x'], cases=[
    case('around-zero', 'ordinary pre-activations', x=[-3, -1, -0.5, -0.25, 0, 0.25, 0.5, 1, 3]),
    case('pole-of-the-other-sign', '1 + x vanishes at -1, 1 + |x| does not',
         x=[-1.0000000000000002, -1, -0.9999999999999999]),
    case('inexact', 'numbers that no short format holds', x=[0.1, -2 / 3, 7.3]),
    case('small', 'close to the input', x=[-1e-3, 1e-8, -1e-17]),
    case('tiny', 'the input itself', flags=['underflow'], x=[1e-300, -1e-300, 5e-324]),
    case('slow-approach', 'far from 1 where tanh has long arrived', x=[20, -100, 1e6]),
    case('large', 'rounds to 1 only beyond 10^16', flags=['tail'], x=[1e8, -1e15, 1e17]),
    case('square-overflows', 'the square of 1 + |x| overflows', flags=['overflow'],
         x=[1e155, -1e200]),
    case('huge', 'the largest inputs', flags=['overflow'], x=[1e300]),
    case('matrix', 'the shape is kept', x=[[-1, 1], [0.25, -0.25]]),
    case('infinite', 'the limits on both sides', flags=['special'], x=[INF, -INF]),
    case('missing', 'NaN propagates', flags=['special'], x=[float('nan'), 1]),
])
def softsign(x):
    return mapped(lambda value: mp.sign(value) if mp.isinf(value) else value / (1 + abs(value)), x)
