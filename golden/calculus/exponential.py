from mpmath import mp

from oracle import case, mapped, oracle

INF = float('inf')
NAN = float('nan')


@oracle('calculus/exponential', differentiable=['x'], cases=[
    case('around-zero', 'ordinary numbers of both signs', x=[-3, -1.5, -1, -0.5, 0.25, 0.5, 1, 2]),
    case('notebook', 'the points that the document takes', flags=['notebook'], x=[0.25, 1.5]),
    case('matrix', 'the shape is kept', x=[[-1, 1], [0.25, -0.25]]),
    case('single', 'one element', x=[2.5]),
    case('zero', '1, from both signs of zero', x=[0.0, -0.0]),
    case('next-to-zero', 'next to 1', x=[1e-17, -1e-10, 1e-5]),
    case('sweep', 'many orders of magnitude', x=[-700, -100, -40, -8, 8, 40, 100, 700]),
    case('subnormal', 'values below the normal numbers, and below all', flags=['underflow'],
         x=[-710, -740, -745, -746, -1000]),
    case('largest', 'the largest finite value, and the first that is not', flags=['overflow'],
         gradient=False, x=[709.78, 709.79, 1000]),
    case('infinite', 'the limits on both sides', flags=['special'], x=[INF, -INF]),
    case('missing', 'NaN propagates', flags=['special'], x=[NAN, 1]),
])
def exponential(x):
    return mapped(mp.exp, x)
