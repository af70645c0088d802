from mpmath import mp, mpf

from oracle import case, mapped, oracle

INF = float('inf')
NAN = float('nan')


@oracle('activations/relu', differentiable=['x'], cases=[
    case('both-sides', 'off on the left, on on the right', x=[-2, -1, -0.5, 0.5, 1, 2]),
    case('at-zero', 'the kink, from both signs of zero', flags=['seam'], gradient=False,
         x=[0, -0.0, 1]),
    case('sweep-left', 'off from the far left to next to 0',
         x=[-1000, -745, -710, -100, -40, -20, -8, -5, -3, -0.25, -0.001, -1e-8, -1e-17]),
    case('sweep-right', 'on from next to 0 to the far right',
         x=[1e-17, 1e-8, 0.001, 0.25, 3, 5, 8, 20, 40, 100, 710, 745, 1000]),
    case('column', 'a column of one-element rows', flags=['notebook'], x=[[1], [8]]),
    case('matrix', 'the shape is kept', x=[[-1, 1], [0.25, -0.25]]),
    case('number', 'an array without axes', x=-3),
    case('single', 'one element', x=[2.5]),
    case('tiny', 'the smallest numbers are on or off like others', flags=['underflow'],
         x=[5e-324, -5e-324]),
    case('huge', 'the largest numbers', flags=['overflow'], gradient=False,
         x=[1.7e308, -1.7e308]),
    case('infinite', 'the limits on both sides', flags=['special'], x=[INF, -INF]),
    case('missing', 'NaN propagates, where a comparison gives 0', flags=['special'],
         x=[NAN, 1, -1]),
])
def relu(x):
    return mapped(rectified, x)


def rectified(x):
    if mp.isnan(x):
        return x
    return x if x > 0 else mpf(0)
