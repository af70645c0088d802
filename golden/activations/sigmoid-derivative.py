from mpmath import mp, mpf

from oracle import case, mapped, oracle

INF = float('inf')


@oracle('activations/sigmoid-derivative', differentiable=['x'], cases=[
    case('around-zero', 'the bell', x=[-3, -1, -0.5, -0.25, 0, 0.25, 0.5, 1, 3]),
    case('top', 'a quarter at 0, where the second derivative vanishes', x=[0]),
    case('tiny', 'flat at the top', x=[-1e-3, -1e-8, -1e-17, 1e-17, 1e-8, 1e-3]),
    case('even', 'both sides of the bell', x=[-5, 5, -8, 8]),
    case('inflections', 'where the bell is steepest', x=[-1.3169578969248166, 1.3169578969248166]),
    case('right-tail', 'the tail that 1 - sigmoid loses', flags=['tail'], strict=True,
         x=[20, 37, 40, 100]),
    case('left-tail', 'the same on the other side', flags=['tail'], strict=True,
         x=[-20, -37, -40, -100]),
    case('exponential-overflows', 'e to the minus x, squared, overflows from 355 on',
         flags=['overflow'], x=[-400, 400, -800, 800]),
    case('subnormal-tail', 'values below the normal numbers', flags=['tail', 'underflow'],
         strict=True, x=[-710, 745]),
    case('huge', 'the largest inputs', flags=['overflow'], x=[1e300, -1e300]),
    case('matrix', 'the shape is kept', x=[[-1, 1], [0.25, -0.25]]),
    case('infinite', 'nothing is left on either side', flags=['special'], x=[INF, -INF]),
    case('missing', 'NaN propagates', flags=['special'], x=[float('nan'), 1]),
])
def sigmoid_derivative(x):
    return mapped(slope, x)


def slope(x):
    # ∞/∞ on the left side, where the limit is 0.
    if mp.isinf(x):
        return mpf(0)
    return mp.exp(-x) / (1 + mp.exp(-x)) ** 2
