from mpmath import mp

from oracle import case, mapped, oracle

INF = float('inf')
NAN = float('nan')


@oracle('calculus/reciprocal', differentiable=['x'], cases=[
    case('around-zero', 'ordinary numbers of both signs', x=[-3, -1.5, -1, -0.5, 0.25, 0.5, 1, 2]),
    case('notebook', 'the points that the document takes', flags=['notebook'], x=[0.25, 1.5]),
    case('matrix', 'the shape is kept', x=[[-1, 1], [0.25, -0.25]]),
    case('single', 'one element', x=[2.5]),
    case('inexact', 'quotients that are rounded', x=[3, -7, 0.1, 1e8 + 0.0625]),
    case('pole', 'at 0 it is infinite', flags=['edge'], gradient=False, x=[0, 1]),
    case('beside-the-pole', 'next to 0 it is huge', flags=['overflow'], x=[1e-100, -1e-150]),
    case('subnormal', 'reciprocals beyond the largest number', flags=['overflow'], gradient=False,
         x=[5e-324, -1e-310]),
    case('huge', 'reciprocals of huge numbers', flags=['underflow'], x=[1e100, -1e150]),
    case('infinite', 'the limits on both sides', flags=['special'], x=[INF, -INF]),
    case('missing', 'NaN propagates', flags=['special'], x=[NAN, 1]),
])
def reciprocal(x):
    return mapped(lambda value: mp.inf if value == 0 else 1 / value, x)
