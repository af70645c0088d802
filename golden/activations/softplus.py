from mpmath import mp, mpf

from oracle import Refused, case, mapped, oracle

INF = float('inf')


@oracle('activations/softplus', differentiable=['x'], cases=[
    case('around-zero', 'ordinary pre-activations', x=[-3, -1, -0.5, -0.25, 0, 0.25, 0.5, 1, 3]),
    case('bend', 'ln 2 at 0', x=[0]),
    case('tiny', 'ln 2 and half the input', x=[-1e-3, -1e-8, 1e-17, 1e-3]),
    case('sharp', 'beta other than its default', x=[-1.5, -0.25, 0, 0.75, 2], beta=4),
    case('blunt', 'the bend is wide where beta is small', x=[-10, 0, 50], beta=0.0625),
    case('beta-one', 'beta of 1 is the default', x=[-2, 2], beta=1),
    case('past-twenty', 'not yet its argument, to the last digit', x=[20.5, 25, 30]),
    case('past-twenty-over-beta', 'the reach of the bend shrinks with beta', x=[5.25, 6], beta=4),
    case('exponential-overflows', 'e to the x overflows from 709.78 on', flags=['overflow'],
         x=[709, 710, 800, 1000]),
    case('beta-multiplies-the-reach', 'e to the beta x overflows', flags=['overflow'],
         x=[200], beta=5),
    case('left-tail', 'the tail that 1 + e to the x loses', flags=['tail'], strict=True,
         x=[-20, -37, -40, -100, -700]),
    case('subnormal-tail', 'values below the normal numbers', flags=['tail', 'underflow'],
         strict=True, x=[-710, -745]),
    case('huge', 'the largest inputs', flags=['overflow'], x=[1e300, -1e300]),
    case('product-overflows', 'beta x overflows, the answer does not', flags=['overflow'],
         strict=True, x=[1e300, -1e300], beta=1e9),
    case('matrix', 'the shape is kept', x=[[-1, 1], [0.25, -0.25]]),
    case('infinite', 'the limits on both sides', flags=['special'], x=[INF, -INF]),
    case('missing', 'NaN propagates', flags=['special'], x=[float('nan'), 1]),
    case('beta-zero', 'beta must be positive', x=[1], beta=0),
    case('beta-negative', 'beta must be positive', x=[1], beta=-1),
    case('beta-infinite', 'beta must be finite', x=[1], beta=INF),
])
def softplus(x, beta=1):
    if not 0 < beta < INF:
        raise Refused('domain')
    return mapped(lambda value: log1p_exp(mpf(beta) * value) / beta, x)


def log1p_exp(x):
    # Beyond 10⁴ eˣ has more digits than 1 + eˣ can hold; the logarithm is x to 4000 digits.
    if x > 10000:
        return x
    with mp.workdps(mp.dps + 500):
        return mp.log(1 + mp.exp(x))
