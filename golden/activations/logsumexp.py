from mpmath import mp

from oracle import Refused, case, oracle, shape

INF = float('inf')
NAN = float('nan')


@oracle('activations/logsumexp', differentiable=['x'], cases=[
    case('three-values', 'an ordinary vector gives one number', x=[1, 2, 3]),
    case('equal-values', 'the value plus the logarithm of how many there are', x=[0, 0, 0, 0]),
    case('rows', 'each row gives one number', x=[[1, 2], [3, 4], [-1, 8]]),
    case('last-axis-of-three', 'rows run along the last axis',
         x=[[[0, 1], [2, 4]], [[-1, 1], [0.5, 0.25]]]),
    case('one-value', 'one value is its own log-sum-exp', x=[5]),
    case('column', 'rows of one element', x=[[1], [8]]),
    case('close-values', 'values around 0', x=[0.001, -0.001]),
    case('large', 'exponentials overflow unless shifted', flags=['overflow'],
         x=[1000, 1001, 1002]),
    case('very-negative', 'exponentials all vanish unless shifted', flags=['underflow'],
         x=[-1000, -1001]),
    case('sum-overflows', 'each exponential is finite, their sum is not', flags=['overflow'],
         x=[709, 709.5]),
    case('far-apart', 'the largest value alone', x=[0, -800], gradient=False),
    case('almost-the-largest', 'what little others add to a largest value of 0', flags=['tail'],
         strict=True, x=[0, -40, -45]),
    case('near-zero', 'the sum of exponentials is next to 1', flags=['tail'],
         x=[-0.6931471805599453, -0.6931471805599453]),
    case('huge', 'values next to the largest double', flags=['overflow'], gradient=False,
         x=[1e308, -1e308]),
    case('infinite', 'an infinite value decides', flags=['special'], x=[INF, 0, INF]),
    case('minus-infinite', 'a sum of zeros has the logarithm -Infinity', flags=['special'],
         x=[-INF, -INF]),
    case('masked', '-Infinity adds nothing', flags=['special'], x=[0, -INF, 1]),
    case('missing', 'NaN propagates through its row', flags=['special'],
         x=[[NAN, INF], [0, 0]]),
    case('no-elements', 'the logarithm of an empty sum', flags=['edge'], strict=True, x=[],
         gradient=False),
    case('no-axis', 'a number has no rows', x=1),
])
def logsumexp(x):
    if shape(x) == []:
        raise Refused('shape')
    if x and isinstance(x[0], list):
        return [logsumexp(row) for row in x]
    if any(mp.isnan(value) for value in x):
        return NAN
    if any(value == INF for value in x):
        return INF
    finite = [value for value in x if value != -INF]
    if not finite:
        return -INF
    largest = max(finite)
    return largest + mp.log(mp.fsum(mp.exp(value - largest) for value in finite))
