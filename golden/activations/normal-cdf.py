from mpmath import mp, mpf

from oracle import case, mapped, oracle

INF = float('inf')


@oracle('activations/normal-cdf', differentiable=['x'], cases=[
    case('around-zero', 'within three standard deviations',
         x=[-3, -2, -1, -0.5, -0.25, 0, 0.25, 0.5, 1, 2, 3]),
    case('quantiles', '5, 2.5 and 0.5 per cent on either side',
         x=[-1.6448536269514722, 1.959963984540054, -2.5758293035489004]),
    case('tiny', 'one half and 0.4 of the input', x=[-1e-3, -1e-8, 1e-17, 1e-3]),
    case('near-the-seam', 'where the series of erf gives way to its tail',
         x=[0.66, 0.6629, 0.663, -0.663, 0.7071067811865475, -0.71]),
    case('left-tail', 'the tail that 1 + erf loses', flags=['tail'], strict=True,
         x=[-5, -8, -9, -20, -37]),
    case('subnormal-tail', 'values below the normal numbers', flags=['tail', 'underflow'],
         strict=True, x=[-37.6, -38.4]),
    case('right-tail', 'rounds to 1 only beyond 8.2', flags=['tail'], x=[5, 8, 8.3, 20]),
    case('far-left', 'so far left that nothing remains', flags=['underflow'], x=[-40, -1e3]),
    case('huge', 'the largest inputs', flags=['overflow'], x=[1e300, -1e300]),
    case('matrix', 'the shape is kept', x=[[-1, 1], [0.25, -0.25]]),
    case('infinite', 'the limits on both sides', flags=['special'], x=[INF, -INF]),
    case('missing', 'NaN propagates', flags=['special'], x=[float('nan'), 1]),
])
def normal_cdf(x):
    return mapped(distribution, x)


def distribution(x):
    # Beyond 1000 the tail is below 10⁻²⁰⁰⁰⁰⁰, and mpmath's erfc cannot be asked for it.
    if abs(x) > 1000:
        return mpf(x > 0)
    return mp.erfc(-x / mp.sqrt(2)) / 2
