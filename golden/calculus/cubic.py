from oracle import case, mapped, oracle

INF = float('inf')
NAN = float('nan')


@oracle('calculus/cubic', differentiable=['x'], cases=[
    case('around-zero', 'ordinary numbers of both signs', x=[-3, -1.5, -1, -0.5, 0.25, 0.5, 1, 2]),
    case('notebook', 'the points that the document takes', flags=['notebook'], x=[0.25, 1.5]),
    case('matrix', 'the shape is kept', x=[[-1, 1], [0.25, -0.25]]),
    case('single', 'one element', x=[2.5]),
    case('zero', 'flat, and no minimum', x=[0.0, -0.0]),
    case('inexact', 'cubes that are rounded', x=[0.1, -1 / 3, 1e8 + 0.0625]),
    case('beyond-integers', 'a cube beyond 64-bit integers', x=[4e9, -4e9]),
    case('tiny', 'cubes among the subnormals, and below', flags=['underflow'],
         x=[1e-100, -1e-106, 1e-120]),
    case('huge', 'the largest cubes that are finite, and one that is not', flags=['overflow'],
         gradient=False, x=[5e102, -5e102, -1e120]),
    case('infinite', 'the limits on both sides', flags=['special'], x=[INF, -INF]),
    case('missing', 'NaN propagates', flags=['special'], x=[NAN, 1]),
])
def cubic(x):
    return mapped(lambda value: value * value * value, x)
