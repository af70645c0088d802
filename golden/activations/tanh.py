from mpmath import mp

from oracle import case, mapped, oracle

INF = float('inf')


@oracle('activations/tanh', differentiable=['x'], cases=[
    case('around-zero', 'ordinary pre-activations', x=[-3, -1, -0.5, -0.25, 0, 0.25, 0.5, 1, 3]),
    case('column', 'a column of two', flags=['notebook'], x=[[1], [8]]),
    case('slopes', 'both ends of a secant', flags=['notebook'], x=[0.25, 1.5]),
    case('small', 'the exponential form cancels', flags=['tail'], strict=True,
         x=[-1e-3, -1e-8, 1e-10, 1e-17]),
    case('tiny', 'the input itself', flags=['underflow'], x=[1e-300, -1e-300, 5e-324]),
    case('zero', 'zero of either sign', x=[0.0, -0.0]),
    case('saturating', 'rounds to 1 only beyond 19.06', flags=['tail'], x=[5, 8, -15, 18, -19, 20]),
    case('exponential-overflows', 'e to the 2x overflows from 355 on', flags=['overflow'],
         x=[355, 400, -400, 710, 1000]),
    case('huge', 'the largest inputs', flags=['overflow'], x=[1e300, -1e300]),
    case('matrix', 'the shape is kept', x=[[-1, 1], [0.25, -0.25]]),
    case('infinite', 'the limits on both sides', flags=['special'], x=[INF, -INF]),
    case('missing', 'NaN propagates', flags=['special'], x=[float('nan'), 1]),
])
def tanh(x):
    return mapped(mp.tanh, x)
