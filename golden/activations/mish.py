from mpmath import mp, mpf

from oracle import case, mapped, oracle

INF = float('inf')


@oracle('activations/mish', differentiable=['x'], cases=[
    case('around-zero', 'ordinary pre-activations',
         x=[-2, -1, -0.5, -0.25, 0, 0.25, 0.5, 1, 2]),
    case('at-zero', 'the slope at 0 is 3/5', x=[0]),
    case('at-the-minimum', 'the slope vanishes at the minimum', x=[-1.192431214515495]),
    case('steepest', 'the greatest slope', x=[1.4905711794854285]),
    case('sweep-left', 'from the far left to next to 0',
         x=[-1000, -745, -710, -100, -40, -20, -8, -5, -3, -0.001, -1e-8, -1e-17]),
    case('sweep-right', 'from next to 0 to the far right',
         x=[1e-17, 1e-8, 0.001, 3, 5, 8, 20, 40, 100, 710, 745, 1000]),
    case('left-tail', 'the tail that ln(1 + exp(x)) loses', flags=['tail'], strict=True,
         x=[-37, -100, -700]),
    case('far-right', 'exp(x) overflows, the answer does not', flags=['overflow'],
         x=[800, 1e300]),
    case('far-left', 'so far left that nothing remains', flags=['underflow'],
         x=[-800, -1e300]),
    case('tiny', 'three fifths of the input near 0', flags=['underflow'], x=[1e-300, -1e-300]),
    case('matrix', 'the shape is kept', x=[[-1, 1], [0.25, -0.25]]),
    case('infinite', 'the limits on both sides', flags=['special'], x=[INF, -INF]),
    case('missing', 'NaN propagates', flags=['special'], x=[float('nan'), 1]),
])
def mish(x):
    return mapped(gated, x)


def gated(x):
    # tanh(ln y) = (y² − 1)/(y² + 1) with y = 1 + eˣ.
    if mp.isinf(x):
        return x if x > 0 else mpf(0)
    growth = mp.exp(-abs(x))
    if x > 0:
        return x * (1 + 2 * growth) / (1 + 2 * growth + 2 * growth ** 2)
    return x * (growth ** 2 + 2 * growth) / (growth ** 2 + 2 * growth + 2)
