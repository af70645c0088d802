from mpmath import mp, mpf

from oracle import case, mapped, oracle

INF = float('inf')


@oracle('activations/gelu-exact', differentiable=['x'], cases=[
    case('around-zero', 'ordinary pre-activations', x=[-2, -1, -0.5, 0, 0.5, 1, 2]),
    case('at-the-minimum', 'the slope vanishes at the minimum', x=[-0.7517915246935645]),
    case('left-tail', 'the tail that 1 + erf loses', flags=['tail'], strict=True,
         x=[-4, -8, -20, -37]),
    case('subnormal-tail', 'values below the normal numbers', flags=['tail'], strict=True,
         x=[-38.4]),
    case('right-tail', 'the identity, to the last bit', x=[6, 10, 40, 1e300]),
    case('far-left', 'so far left that nothing remains', flags=['underflow'], x=[-40, -1e300]),
    case('tiny', 'half the input near 0', flags=['underflow'], x=[1e-300, -1e-300, 1e-17]),
    case('matrix', 'the shape is kept', x=[[-1, 1], [0.25, -0.25]]),
    case('infinite', 'the limits on both sides', flags=['special'], x=[INF, -INF]),
    case('missing', 'NaN propagates', flags=['special'], x=[float('nan'), 1]),
])
def gelu_exact(x):
    return mapped(gelu, x)


def gelu(x):
    # Beyond 1000 the tail is below 10⁻²⁰⁰⁰⁰⁰, and mpmath's erfc cannot be asked for it.
    if abs(x) > 1000:
        return x if x > 0 else mpf(0)
    return x * mp.erfc(-x / mp.sqrt(2)) / 2
