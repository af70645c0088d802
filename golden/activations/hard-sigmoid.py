from mpmath import mpf

from oracle import case, mapped, oracle

INF = float('inf')


@oracle('activations/hard-sigmoid', differentiable=['x'], cases=[
    case('on-the-ramp', 'a straight line from -3 to 3', x=[-2, -1, -0.5, 0, 0.5, 1, 2]),
    case('at-the-ends', 'the ramp meets 0 and 1', flags=['seam'], gradient=False, x=[-3, 3]),
    case('beside-the-ends', 'a rounding inside and outside the ends', flags=['seam'],
         gradient=False,
         x=[-3.0000000000000004, -2.9999999999999996, 2.9999999999999996, 3.0000000000000004]),
    case('near-the-ends', 'a little inside and outside the ends', flags=['seam'],
         x=[-3.0625, -2.9375, 2.9375, 3.0625]),
    case('ends-of-slope-one-fifth', 'where another convention has its ends',
         x=[-2.5, -2.4375, 2.4375, 2.5]),
    case('outside', '0 on the left, 1 on the right', x=[-1000, -100, -8, -4, 4, 8, 100, 1000]),
    case('sixths', 'values that are not dyadic', x=[0.1, -0.1, 0.7, 2.9]),
    case('tiny', 'one half near 0', flags=['underflow'], x=[1e-300, -1e-300, 1e-17]),
    case('huge', 'the largest numbers', flags=['overflow'], gradient=False,
         x=[1.7e308, -1.7e308]),
    case('matrix', 'the shape is kept', x=[[-1, 1], [0.25, -0.25]]),
    case('infinite', 'the limits on both sides', flags=['special'], x=[INF, -INF]),
    case('missing', 'NaN propagates', flags=['special'], x=[float('nan'), 1]),
])
def hard_sigmoid(x):
    return mapped(ramp, x)


def ramp(x):
    if x <= -3:
        return mpf(0)
    return mpf(1) if x >= 3 else (x + 3) / 6
