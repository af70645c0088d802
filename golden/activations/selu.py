from mpmath import mp, mpf

from oracle import case, mapped, oracle

INF = float('inf')
NAN = float('nan')


@oracle('activations/selu', differentiable=['x'], cases=[
    case('both-sides', 'a curve on the left, a line on the right',
         x=[-2, -1, -0.5, 0.5, 1, 2]),
    case('at-zero', 'the slope jumps from 1.758 to 1.0507', flags=['seam'], gradient=False,
         x=[0, -0.0, 1]),
    case('beside-zero', 'one slope on either side of the kink', flags=['seam'],
         x=[-0.0009765625, 0.0009765625]),
    case('sweep-left', 'from the far left to next to 0',
         x=[-1000, -745, -710, -100, -40, -20, -8, -5, -3, -0.25, -0.001, -1e-8, -1e-17]),
    case('sweep-right', 'from next to 0 to the far right',
         x=[1e-17, 1e-8, 0.001, 0.25, 3, 5, 8, 20, 40, 100, 710, 745, 1000]),
    case('next-to-zero', 'exp(x) - 1 loses the digits of x', flags=['tail'], strict=True,
         x=[-1e-17, -1e-12, -1e-8]),
    case('far-right', 'the exponential that is not needed overflows', flags=['overflow'],
         x=[800, 1000]),
    case('huge', 'next to the largest numbers', flags=['overflow'], gradient=False, x=[1e308]),
    case('matrix', 'the shape is kept', x=[[-1, 1], [0.25, -0.25]]),
    case('infinite', 'minus lambda alpha on the left', flags=['special'], x=[INF, -INF]),
    case('missing', 'NaN propagates', flags=['special'], x=[NAN, 1, -1]),
])
def selu(x):
    scale, alpha = fixed_point()
    return mapped(lambda value: scale * (value if value > 0 else alpha * (growth(value) - 1)), x)


def growth(x):
    """eˣ, with digits to spare for the subtraction of 1."""
    with mp.workdps(2 * mp.dps):
        return mp.exp(x)


def fixed_point():
    """Lambda and alpha from E[SELU(z)] = 0 and E[SELU(z)²] = 1 for a standard normal z.

    E[z; z > 0] = 1/√(2π), E[z²; z > 0] = 1/2, E[eᵏᶻ; z < 0] = e^(k²/2) Φ(−k).
    """
    below = [mp.exp(mpf(k) ** 2 / 2) * mp.ncdf(-k) for k in (0, 1, 2)]
    alpha = 1 / mp.sqrt(2 * mp.pi) / (below[0] - below[1])
    square = mpf(1) / 2 + alpha ** 2 * (below[2] - 2 * below[1] + below[0])
    return 1 / mp.sqrt(square), alpha
