from oracle import case, mapped, oracle

INF = float('inf')
NAN = float('nan')


@oracle('calculus/absolute-value', differentiable=['x'], cases=[
    case('around-zero', 'ordinary numbers of both signs', x=[-3, -1.5, -1, -0.5, 0.25, 0.5, 1, 2]),
    case('notebook', 'the points that the document takes', flags=['notebook'], x=[0.25, 1.5]),
    case('matrix', 'the shape is kept', x=[[-1, 1], [0.25, -0.25]]),
    case('single', 'one element', x=[2.5]),
    case('corner', '0 of either sign, where there is no slope', flags=['seam'], gradient=False,
         x=[0.0, -0.0, 1]),
    case('beside-the-corner', 'next to 0', flags=['underflow'], x=[1e-300, -1e-300, -5e-324]),
    case('integers', 'the least of 32-bit integers, whose size they lack',
         x=[-2147483648, -9007199254740991]),
    case('huge', 'the largest numbers', flags=['overflow'], gradient=False,
         x=[1.7976931348623157e308, -1.7976931348623157e308]),
    case('infinite', 'the limits on both sides', flags=['special'], x=[INF, -INF]),
    case('missing', 'NaN propagates', flags=['special'], x=[NAN, -1]),
])
def absolute_value(x):
    return mapped(abs, x)
