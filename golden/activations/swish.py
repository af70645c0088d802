from mpmath import mp, mpf

from oracle import case, mapped, oracle

INF = float('inf')


@oracle('activations/swish', differentiable=['x'], cases=[
    case('around-zero', 'ordinary pre-activations',
         x=[-2, -1, -0.5, -0.25, 0, 0.25, 0.5, 1, 2]),
    case('at-the-minimum', 'the slope vanishes at the minimum', x=[-1.2784645427610738]),
    case('steepest', 'the greatest slope', x=[2.3993572805154677]),
    case('sweep-left', 'from the far left to next to 0',
         x=[-1000, -745, -710, -100, -40, -20, -8, -5, -3, -0.001, -1e-8, -1e-17]),
    case('sweep-right', 'from next to 0 to the far right',
         x=[1e-17, 1e-8, 0.001, 3, 5, 8, 20, 40, 100, 710, 745, 1000]),
    case('left-tail', 'a tail that keeps its digits', flags=['tail'], strict=True,
         x=[-37, -100, -700]),
    case('far-left', 'exp(-x) overflows, and nothing remains', flags=['overflow'],
         x=[-800, -1e300]),
    case('far-right', 'the identity, to the last bit', x=[800, 1e300]),
    case('tiny', 'half the input near 0', flags=['underflow'], x=[1e-300, -1e-300]),
    case('matrix', 'the shape is kept', x=[[-1, 1], [0.25, -0.25]]),
    case('infinite', 'the limits on both sides', flags=['special'], x=[INF, -INF]),
    case('missing', 'NaN propagates', flags=['special'], x=[float('nan'), 1]),
])
def swish(x):
    return mapped(gated, x)


def gated(x):
    if x == -INF:
        return mpf(0)
    return x / (1 + mp.exp(-x))
