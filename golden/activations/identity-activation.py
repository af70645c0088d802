from oracle import case, mapped, oracle

INF = float('inf')


@oracle('activations/identity-activation', differentiable=['x'], cases=[
    case('ordinary', 'both signs and fractions', x=[-2, -1, -0.5, 0, 0.5, 1, 2]),
    case('inexact', 'numbers that no short format holds', x=[0.1, -2 / 3, 1e-9, 123456.789]),
    case('negative', 'negative numbers pass', x=[-3, -1e-3, -1e6]),
    case('zero', 'zero stays, and its slope is 1', x=[0]),
    case('large-integers', 'beyond 32 bits', x=[2 ** 31, -2 ** 31 - 1, 2 ** 53 - 1]),
    case('huge', 'the ends of the range', flags=['overflow'], x=[1.7976931348623157e308, -1e300]),
    case('tiny', 'the smallest numbers', flags=['underflow'], x=[5e-324, -2.5e-308, 1e-300]),
    case('column', 'the shape is kept', x=[[1], [8]]),
    case('tensor', 'three axes', x=[[[1, -2]], [[0.25, 4]]]),
    case('infinite', 'infinities pass', flags=['special'], x=[INF, -INF]),
    case('missing', 'NaN propagates', flags=['special'], x=[float('nan'), 1]),
])
def identity_activation(x):
    return mapped(lambda value: value, x)
