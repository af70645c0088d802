from mpmath import mp

from oracle import case, mapped, oracle

INF = float('inf')
NAN = float('nan')


@oracle('calculus/sine', differentiable=['x'], cases=[
    case('around-zero', 'ordinary numbers of both signs', x=[-3, -1.5, -1, -0.5, 0.25, 0.5, 1, 2]),
    case('notebook', 'the points that the document takes', flags=['notebook'], x=[0.25, 1.5]),
    case('matrix', 'the shape is kept', x=[[-1, 1], [0.25, -0.25]]),
    case('single', 'one element', x=[2.5]),
    case('zero', 'zero of either sign', x=[0.0, -0.0]),
    case('small', 'the angle itself', flags=['tail'], x=[1e-3, -1e-8, 1e-300, 5e-324]),
    case('quarter-turns', 'next to where it is 0, 1, 0 and −1',
         x=[1.5707963267948966, 3.141592653589793, 4.71238898038469, 6.283185307179586]),
    case('many-turns', 'turns are taken away without losing places',
         x=[100, -1000, 1e5, 12345.678]),
    case('large', 'angles whose last place is more than a turn', flags=['overflow'], gradient=False,
         strict=True, x=[1e16, -1e22, 1e300]),
    case('infinite', 'no limit', flags=['special'], x=[INF, -INF]),
    case('missing', 'NaN propagates', flags=['special'], x=[NAN, 1]),
])
def sine(x):
    return mapped(lambda value: mp.sin(value) if mp.isfinite(value) else mp.nan, x)
