from mpmath import mp

from oracle import case, mapped, oracle

INF = float('inf')


@oracle('activations/arctangent', differentiable=['x'], cases=[
    case('around-zero', 'ordinary pre-activations', x=[-3, -1, -0.5, -0.25, 0, 0.25, 0.5, 1, 3]),
    case('known-angles', '15, 30, 45, 60 and 75 degrees, nearly',
         x=[0.2679491924311227, 0.5773502691896257, 1, 1.7320508075688772, 3.732050807568877]),
    case('inexact', 'numbers that no short format holds', x=[0.1, -2 / 3, 7.3]),
    case('small', 'close to the input', x=[-1e-3, 1e-8, -1e-17]),
    case('tiny', 'the input itself', flags=['underflow'], x=[1e-300, -1e-300, 5e-324]),
    case('slow-approach', 'far from a right angle where tanh has long arrived',
         x=[20, -100, 1e6]),
    case('large', 'one over the input below a right angle', flags=['tail'], x=[1e8, -1e15, 1e17]),
    case('square-overflows', 'x² overflows', flags=['overflow'], x=[1e155, -1e200]),
    case('huge', 'the largest inputs', flags=['overflow'], x=[1e300]),
    case('matrix', 'the shape is kept', x=[[-1, 1], [0.25, -0.25]]),
    case('infinite', 'right angles on both sides', flags=['special'], x=[INF, -INF]),
    case('missing', 'NaN propagates', flags=['special'], x=[float('nan'), 1]),
])
def arctangent(x):
    return mapped(mp.atan, x)
