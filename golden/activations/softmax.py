from mpmath import mp

from oracle import Refused, case, flat, oracle, shape

INF = float('inf')
NAN = float('nan')


@oracle('activations/softmax', differentiable=['x'], cases=[
    case('three-logits', 'an ordinary row', x=[1, 2, 3]),
    case('equal-logits', 'equal logits share equally', x=[0, 0, 0, 0]),
    case('rows', 'each row is a distribution of its own', x=[[1, 2], [3, 4], [-1, 8]]),
    case('last-axis-of-three', 'rows run along the last axis',
         x=[[[0, 1], [2, 4]], [[-1, 1], [0.5, 0.25]]]),
    case('one-logit', 'a row of one is certain', x=[5]),
    case('column', 'one-element rows give ones', flags=['notebook'], x=[[1], [8]]),
    case('large-logits', 'exponentials overflow unless shifted', flags=['overflow'],
         x=[1000, 1001, 1002]),
    case('negative-logits', 'exponentials all vanish unless shifted', flags=['underflow'],
         x=[-1000, -1001]),
    case('sum-overflows', 'each exponential is finite, their sum is not', flags=['overflow'],
         x=[709, 709.5]),
    case('wide-spread', 'shifting by the mean overflows', flags=['overflow'], x=[0, 0, 3000]),
    case('far-tail', 'a small probability keeps its digits', flags=['tail'], x=[0, -40, -700]),
    case('subnormal', 'a probability below the normal numbers', flags=['underflow'], x=[0, -740]),
    case('extremes', 'the largest finite logits', flags=['overflow'], gradient=False,
         x=[1e308, -1e308]),
    case('offset', 'logits that differ in their last digits', x=[1e8 + 0.0625, 1e8]),
    case('masked', '-Infinity takes no share', flags=['special'], x=[0, -INF, 1]),
    case('all-masked', 'nothing to share between', flags=['special'], x=[-INF, -INF]),
    case('missing', 'NaN propagates through its row', flags=['special'],
         x=[[NAN, 0], [0, 0]]),
    case('no-axis', 'a number has no rows', x=1),
    case('no-elements', 'a row of nothing', x=[]),
])
def softmax(x):
    if shape(x) == []:
        raise Refused('shape')
    if not flat(x):
        raise Refused('empty')
    if isinstance(x[0], list):
        return [softmax(row) for row in x]
    if any(mp.isnan(z) for z in x) or all(z == -INF for z in x):
        return [NAN for _ in x]
    largest = max(x)
    exponentials = [mp.exp(z - largest) for z in x]
    return [e / mp.fsum(exponentials) for e in exponentials]
