from mpmath import mp, mpf

from oracle import Refused, case, mapped, oracle

INF = float('inf')
NAN = float('nan')


@oracle('activations/elu', differentiable=['x'], cases=[
    case('both-sides', 'a curve on the left, a line on the right',
         x=[-2, -1, -0.5, 0.5, 1, 2]),
    case('at-zero', 'both pieces and, with alpha 1, their slopes meet', flags=['seam'],
         x=[0, -0.0, 1]),
    case('at-zero-kink', 'with alpha other than 1 the slopes differ', flags=['seam'],
         gradient=False, x=[0, -0.0], alpha=0.5),
    case('sweep-left', 'from the far left to next to 0',
         x=[-1000, -745, -710, -100, -40, -20, -8, -5, -3, -0.25, -0.001, -1e-8, -1e-17]),
    case('sweep-right', 'from next to 0 to the far right',
         x=[1e-17, 1e-8, 0.001, 0.25, 3, 5, 8, 20, 40, 100, 710, 745, 1000]),
    case('next-to-zero', 'exp(x) - 1 loses the digits of x', flags=['tail'], strict=True,
         x=[-1e-17, -1e-12, -1e-8]),
    case('far-right', 'the exponential that is not needed overflows', flags=['overflow'],
         x=[800, 1000]),
    case('huge', 'the largest numbers', flags=['overflow'], gradient=False, x=[1.7e308, -1.7e308]),
    case('slope-far-left', 'the slope keeps its digits when it is small', flags=['tail'],
         strict=True, x=[-37, -100, -700]),
    case('alpha-zero', 'an alpha of 0 makes it ReLU, and is not the default', x=[-2, 3],
         alpha=0),
    case('alpha-half', 'alpha other than its default', x=[-2, -0.5, 3], alpha=0.5),
    case('alpha-two', 'an alpha above 1, where it is not convex', x=[-2, -0.5, 3], alpha=2),
    case('matrix', 'the shape is kept', x=[[-1, 1], [0.25, -0.25]]),
    case('infinite', 'minus alpha on the left', flags=['special'], x=[INF, -INF]),
    case('infinite-alpha', 'minus alpha on the left', flags=['special'], x=[INF, -INF],
         alpha=3),
    case('missing', 'NaN propagates', flags=['special'], x=[NAN, 1, -1]),
    case('alpha-negative', 'alpha must not be negative', x=[1], alpha=-0.5),
    case('alpha-infinite', 'alpha must be finite', x=[1], alpha=INF),
])
def elu(x, alpha=mpf(1)):
    if not 0 <= alpha < INF:
        raise Refused('domain')
    return mapped(lambda value: value if value > 0 else alpha * (growth(value) - 1), x)


def growth(x):
    """eˣ, with digits to spare for the subtraction of 1."""
    with mp.workdps(2 * mp.dps):
        return mp.exp(x)
