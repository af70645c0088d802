from oracle import case, mapped, oracle

INF = float('inf')
NAN = float('nan')


@oracle('calculus/quadratic', differentiable=['x'], cases=[
    case('around-zero', 'ordinary numbers of both signs', x=[-3, -1.5, -1, -0.5, 0.25, 0.5, 1, 2]),
    case('notebook', 'the points that the document takes', flags=['notebook'], x=[0.25, 1.5]),
    case('matrix', 'the shape is kept', x=[[-1, 1], [0.25, -0.25]]),
    case('single', 'one element', x=[2.5]),
    case('zero', 'the minimum', x=[0.0, -0.0]),
    case('inexact', 'squares that are rounded', x=[0.1, -1 / 3, 1e8 + 0.0625]),
    case('beyond-integers', 'a square beyond 64-bit integers', x=[4e9, -4e9]),
    case('tiny', 'squares among the subnormals, and below', flags=['underflow'],
         x=[1e-150, 1e-160, 1e-170]),
    case('huge', 'the largest squares that are finite, and one that is not', flags=['overflow'],
         gradient=False, x=[1.3e154, -1.3e154, 1e160]),
    case('infinite', 'the limits on both sides', flags=['special'], x=[INF, -INF]),
    case('missing', 'NaN propagates', flags=['special'], x=[NAN, 1]),
])
def quadratic(x):
    return mapped(lambda value: value * value, x)
