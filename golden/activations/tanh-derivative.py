from mpmath import mp

from oracle import case, mapped, oracle

INF = float('inf')


@oracle('activations/tanh-derivative', differentiable=['x'], cases=[
    case('around-zero', 'the bell', x=[-3, -1, -0.5, -0.25, 0, 0.25, 0.5, 1, 3]),
    case('top', 'one at 0, where the second derivative vanishes', x=[0]),
    case('tiny', 'flat at the top', x=[-1e-3, -1e-8, -1e-17, 1e-17, 1e-8, 1e-3]),
    case('even', 'both sides of the bell', x=[-5, 5, -8, 8]),
    case('inflections', 'where the bell is steepest', x=[-0.6584789484624083, 0.6584789484624083]),
    case('cancelling', '1 - tanh² has lost eight digits', flags=['tail'], strict=True,
         x=[10, -10, 15]),
    case('right-tail', 'the tail that 1 - tanh² loses', flags=['tail'], strict=True,
         x=[19.5, 20, 40, 100, 350]),
    case('left-tail', 'the same on the other side', flags=['tail'], strict=True,
         x=[-19.5, -20, -40, -100]),
    case('exponential-overflows', 'cosh overflows from 710 on, its square from 355',
         flags=['overflow'], x=[-356, 356, -711, 800]),
    case('subnormal-tail', 'values below the normal numbers', flags=['tail', 'underflow'],
         strict=True, x=[356, -372]),
    case('huge', 'the largest inputs', flags=['overflow'], x=[1e300, -1e300]),
    case('matrix', 'the shape is kept', x=[[-1, 1], [0.25, -0.25]]),
    case('infinite', 'nothing is left on either side', flags=['special'], x=[INF, -INF]),
    case('missing', 'NaN propagates', flags=['special'], x=[float('nan'), 1]),
])
def tanh_derivative(x):
    return mapped(lambda value: mp.sech(value) ** 2, x)
