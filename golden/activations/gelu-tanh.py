from mpmath import mp, mpf

from oracle import case, mapped, oracle

INF = float('inf')


@oracle('activations/gelu-tanh', differentiable=['x'], cases=[
    case('around-zero', 'ordinary pre-activations',
         x=[-2, -1, -0.5, -0.25, 0, 0.25, 0.5, 1, 2]),
    case('at-the-minimum', 'the slope vanishes at the minimum', x=[-0.7524614220710163]),
    case('farthest-from-exact', 'where it differs most from x times the normal distribution',
         x=[-2.6989413863772703, 2.6989413863772703]),
    case('steepest', 'the greatest slope', x=[1.4185040087908284]),
    case('sweep-left', 'from the far left to next to 0',
         x=[-1000, -745, -710, -100, -40, -20, -8, -5, -3, -0.001, -1e-8, -1e-17]),
    case('sweep-right', 'from next to 0 to the far right',
         x=[1e-17, 1e-8, 0.001, 3, 5, 8, 20, 40, 100, 710, 745, 1000]),
    case('left-tail', 'the tail that 1 + tanh loses', flags=['tail'], strict=True,
         x=[-4, -8, -12, -20]),
    case('overflowing-cube', 'the cube overflows, the answer does not', flags=['overflow'],
         x=[1e200, -1e200]),
    case('tiny', 'half the input near 0', flags=['underflow'], x=[1e-300, -1e-300]),
    case('matrix', 'the shape is kept', x=[[-1, 1], [0.25, -0.25]]),
    case('infinite', 'the limits on both sides', flags=['special'], x=[INF, -INF]),
    case('missing', 'NaN propagates', flags=['special'], x=[float('nan'), 1]),
])
def gelu_tanh(x):
    return mapped(gelu, x)


def gelu(x):
    # Beyond 1000 the tail is below 10 to the power −3·10⁷.
    if abs(x) > 1000:
        return x if x > 0 else mpf(0)
    u = mp.sqrt(2 / mp.pi) * (x + mpf('0.044715') * x ** 3)
    # (1 + tanh u)/2, of which mpmath would lose the left tail.
    return x * mp.exp(u) / (mp.exp(u) + mp.exp(-u))
