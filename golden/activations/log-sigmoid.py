from mpmath import mp

from oracle import case, mapped, oracle

INF = float('inf')


@oracle('activations/log-sigmoid', differentiable=['x'], cases=[
    case('around-zero', 'ordinary log-odds', x=[-3, -1, -0.5, -0.25, 0, 0.25, 0.5, 1, 3]),
    case('even-odds', 'minus ln 2 at 0', x=[0]),
    case('tiny', 'minus ln 2 and half the input', x=[-1e-3, -1e-8, 1e-17, 1e-3]),
    case('unlikely', 'close to the input itself', x=[-5, -20, -40]),
    case('sigmoid-underflows', 'the sigmoid is 0 below -745, its logarithm is finite',
         flags=['underflow'], x=[-710, -745, -746, -1000]),
    case('likely', 'a little below 0', x=[5, 8, 20]),
    case('right-tail', 'the tail that 1 + e to the minus x loses', flags=['tail'], strict=True,
         x=[30, 37, 40, 100, 700]),
    case('subnormal-tail', 'values below the normal numbers', flags=['tail', 'underflow'],
         strict=True, x=[710, 745]),
    case('huge', 'the largest inputs', flags=['overflow'], x=[1e300, -1e300]),
    case('matrix', 'the shape is kept', x=[[-1, 1], [0.25, -0.25]]),
    case('infinite', 'impossible and certain', flags=['special'], x=[-INF, INF]),
    case('missing', 'NaN propagates', flags=['special'], x=[float('nan'), 1]),
])
def log_sigmoid(x):
    return mapped(lambda value: -log1p_exp(-value), x)


def log1p_exp(x):
    # Beyond 10⁴ eˣ has more digits than 1 + eˣ can hold; the logarithm is x to 4000 digits.
    if x > 10000:
        return x
    with mp.workdps(mp.dps + 500):
        return mp.log(1 + mp.exp(x))
