from mpmath import mp, mpf

from oracle import Refused, case, mapped, oracle

INF = float('inf')
NAN = float('nan')


@oracle('activations/relu-derivative', cases=[
    case('both-sides', 'off on the left, on on the right', x=[-2, -1, -0.5, 0.5, 1, 2]),
    case('at-zero', 'the slope at the kink is 0 unless another is asked for', flags=['seam'],
         x=[0, -0.0]),
    case('at-zero-half', 'the slope at the kink that a central difference measures',
         flags=['seam'], x=[0, -0.0, 1, -1], atZero=0.5),
    case('at-zero-one', 'the slope at the kink of the right', flags=['seam'],
         x=[0, -0.0, 1, -1], atZero=1),
    case('at-zero-explicit', 'asking for 0 is asking for the default', flags=['seam'],
         x=[0, 1, -1], atZero=0),
    case('grid-around-zero', 'points of the grid that the document plots', flags=['notebook'],
         x=[-6, -5.969924812030075, -2, -0.01503759398496296, 0.015037593984962072, 2, 6]),
    case('sweep', 'from the far left to the far right',
         x=[-1000, -745, -100, -8, -0.001, -1e-8, -1e-17, 0, 1e-17, 1e-8, 0.001, 8, 745, 1000]),
    case('tiny', 'the smallest numbers are not zero', flags=['underflow'],
         x=[5e-324, -5e-324], atZero=0.5),
    case('huge', 'the largest numbers', flags=['overflow'], x=[1.7e308, -1.7e308]),
    case('matrix', 'the shape is kept', x=[[-1, 1], [0.25, -0.25]]),
    case('infinite', 'the limits on both sides', flags=['special'], x=[INF, -INF]),
    case('missing', 'NaN propagates, where a comparison gives 0', flags=['special'],
         x=[NAN, 1, -1]),
    case('slope-outside', 'no slope above 1 fits at the kink', x=[0], atZero=2),
])
def relu_derivative(x, atZero=0):
    if atZero not in (0, 0.5, 1):
        raise Refused('domain')
    return mapped(lambda value: slope(value, mpf(atZero)), x)


def slope(x, at_zero):
    """The mean of the slopes on both sides, weighted at the kink as asked."""
    if mp.isnan(x):
        return x
    return at_zero if x == 0 else (1 + mp.sign(x)) / 2
