from mpmath import mp, mpf

from oracle import Refused, case, mapped, oracle

INF = float('inf')
NAN = float('nan')


@oracle('activations/leaky-relu', differentiable=['x'], cases=[
    case('both-sides', 'a hundredth on the left, all on the right',
         x=[-2, -1, -0.5, 0.5, 1, 2]),
    case('at-zero', 'the kink, from both signs of zero', flags=['seam'], gradient=False,
         x=[0, -0.0, 1]),
    case('sweep-left', 'from the far left to next to 0',
         x=[-1000, -745, -710, -100, -40, -20, -8, -5, -3, -0.25, -0.001, -1e-8, -1e-17]),
    case('sweep-right', 'from next to 0 to the far right',
         x=[1e-17, 1e-8, 0.001, 0.25, 3, 5, 8, 20, 40, 100, 710, 745, 1000]),
    case('alpha-zero', 'a slope of 0 makes it ReLU, and is not the default', x=[-2, 3],
         alpha=0),
    case('alpha-one', 'a slope of 1 makes it the identity', x=[-2, 0, 3], alpha=1),
    case('alpha-quarter', 'alpha other than its default', x=[-2, -0.5, 3], alpha=0.25),
    case('alpha-two', 'a slope above 1, where max(alpha x, x) is another function',
         x=[-1, 1], alpha=2),
    case('matrix', 'the shape is kept', x=[[-1, 1], [0.25, -0.25]]),
    case('tiny', 'products below the normal numbers', flags=['underflow'],
         x=[1e-307, -1e-307], alpha=0.25),
    case('huge', 'the largest numbers', flags=['overflow'], gradient=False,
         x=[1.7e308, -1.7e308]),
    case('infinite', 'the limits on both sides', flags=['special'], x=[INF, -INF]),
    case('infinite-alpha-zero', 'the limit on the left is 0 when the slope is',
         flags=['special'], strict=True, x=[INF, -INF], alpha=0),
    case('missing', 'NaN propagates', flags=['special'], x=[NAN, 1, -1]),
    case('alpha-negative', 'alpha must not be negative', x=[1], alpha=-0.5),
    case('alpha-infinite', 'alpha must be finite', x=[1], alpha=INF),
])
def leaky_relu(x, alpha=mpf(0.01)):
    if not 0 <= alpha < INF:
        raise Refused('domain')
    return mapped(lambda value: leaky(value, alpha), x)


def leaky(x, alpha):
    if mp.isnan(x) or x > 0:
        return x
    return mpf(0) if alpha == 0 else alpha * x
