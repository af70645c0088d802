from mpmath import mp

from oracle import case, mapped, oracle

INF = float('inf')


@oracle('activations/sigmoid', differentiable=['x'], cases=[
    case('around-zero', 'ordinary log-odds', x=[-3, -1, -0.5, -0.25, 0, 0.25, 0.5, 1, 3]),
    case('column', 'a column of two', flags=['notebook'], x=[[1], [8]]),
    case('hidden-layer', 'the pre-activations of a hidden layer', x=[[1.255, 1.6179999999999999]]),
    case('slopes', 'both ends of a secant', flags=['notebook'], x=[0.25, 1.5]),
    case('tiny', 'one half and a quarter of the input', flags=['underflow'],
         x=[-1e-3, -1e-8, -1e-17, 1e-17, 1e-8, 1e-3]),
    case('left-tail', 'the tail that 1 minus a rounded 1 loses', flags=['tail'], strict=True,
         x=[-8, -20, -40, -100, -700]),
    case('right-tail', 'rounds to 1 only beyond 36.7', flags=['tail'], x=[8, 20, 36, 40, 100]),
    case('exponential-overflows', 'e to the minus x overflows below -709.78',
         flags=['overflow'], x=[-710, 710, -1000, 1000]),
    case('subnormal-tail', 'values below the normal numbers', flags=['tail', 'underflow'],
         strict=True, x=[-710, -745]),
    case('huge', 'the largest inputs', flags=['overflow'], x=[1e300, -1e300]),
    case('matrix', 'the shape is kept', x=[[-1, 1], [0.25, -0.25]]),
    case('infinite', 'the limits on both sides', flags=['special'], x=[INF, -INF]),
    case('missing', 'NaN propagates', flags=['special'], x=[float('nan'), 1]),
])
def sigmoid(x):
    return mapped(lambda value: 1 / (1 + mp.exp(-value)), x)
