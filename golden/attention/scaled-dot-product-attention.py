from mpmath import mp, mpf

from oracle import Refused, case, flat, oracle, shape

NAN = float('nan')

# The matrices of the source document's notebook.
Q = [[1, 0, 1], [0, 2, 0]]
K = [[1, 1, 0], [0, 1, 1], [1, 0, 1]]
V = [[1, 2], [3, 4], [5, 6]]
# Two queries and two keys that match in part.
Q2 = [[1, 0, 1, 0], [0, 1, 0, 1]]
K2 = [[2, 1, 0, 0], [0, 0, 1, 1]]
V2 = [[1, 2], [3, 5]]


@oracle('attention/scaled-dot-product-attention', differentiable=['queries', 'keys', 'values'],
        constant=['weights'], cases=[
    case('ordinary', 'two queries among three keys', flags=['notebook'],
         queries=Q, keys=K, values=V),
    case('masked', 'each query may look at two of three keys', flags=['notebook'],
         queries=Q, keys=K, values=V, mask=[[1, 1, 0], [1, 0, 1]]),
    case('scale', 'four columns: the scores are halved, not left as they are, nor quartered',
         queries=Q2, keys=K2, values=V2),
    case('wide-values', 'values wider than keys do not change the scale',
         queries=[[1, -2]], keys=[[0.5, 1], [2, -0.25]],
         values=[[1, 2, 3, 4, 5], [-1, 0.5, 0, 8, -3]]),
    case('one-column', 'keys of one column are not scaled',
         queries=[[1], [2]], keys=[[1], [3]], values=[[1, 2], [3, 5]]),
    case('one-key', 'one key takes everything', queries=[[1, 2], [-3, 0.5]], keys=[[4, -1]],
         values=[[7, -2, 0.1]]),
    case('equal-keys', 'equal keys share equally: the mean of the values',
         queries=[[1, 2], [0.3, -4]], keys=[[0.7, -0.1]] * 4, values=[[1], [2], [4], [9]]),
    case('no-question', 'a query of zeros looks everywhere alike', queries=[[0, 0]],
         keys=[[1, 2], [30, -4]], values=[[1, 0], [0, 1]]),
    case('all-ones', 'a mask of ones hides nothing', queries=Q2, keys=K2, values=V2,
         mask=[[1, 1], [1, 1]]),
    case('causal', 'no query looks at a later key', flags=['mask'],
         queries=[[1, 0.5], [0, 1], [-1, 2]], keys=[[1, 1], [0.5, -1], [2, 0]],
         values=[[1, 5], [2, 0.5], [4, 8]], mask=[[1, 0, 0], [1, 1, 0], [1, 1, 1]]),
    case('hidden-key', 'a key that nobody may see, not a query that may see nothing',
         flags=['mask'], queries=Q2, keys=K2, values=V2, mask=[[1, 0], [1, 0]]),
    case('best-key-hidden', 'the largest score is masked: it must not shift the others away',
         flags=['mask', 'underflow'], queries=[[2]], keys=[[1], [2], [3000]], values=[[1], [3], [1e6]], mask=[[1, 1, 0]]),
    case('below-minus-1e9', 'a score far below what others mask with', flags=['mask'],
         queries=[[3e5, 0]], keys=[[-3e5, 0], [-3e5, 0]], values=[[1, 2], [3, 5]],
         mask=[[1, 0]]),
    case('blind-query', 'a query that may look nowhere takes nothing', flags=['mask', 'edge'],
         queries=Q2, keys=K2, values=V2, mask=[[0, 0], [1, 1]]),
    case('all-blind', 'nobody may look anywhere', flags=['mask', 'edge'],
         queries=Q2, keys=K2, values=V2, mask=[[0, 0], [0, 0]]),
    case('stack', 'each matrix of a stack attends to itself, with a mask of its own',
         flags=['mask'], queries=[Q, [[0.5, 1, -1], [2, 0, 1]]],
         keys=[[[1, 1, 0], [0, 1, 1]], [[-1, 0, 0.25], [3, 1, 2]]],
         values=[[[1, 2], [3, 4]], [[5, 6], [-7, 8]]],
         mask=[[[1, 1], [1, 0]], [[0, 1], [1, 1]]]),
    case('heads', 'two leading axes, batch and head', queries=[[[[1, 2]], [[0.5, -1]]]],
         keys=[[[[1, 0], [0, 1]], [[1, 1], [2, -1]]]],
         values=[[[[1], [2]], [[3], [5]]]]),
    case('large-scores', 'exponentials overflow unless shifted', flags=['overflow'],
         queries=[[40, 30, 0, 0]], keys=[[40, 30, 1, 0], [40, 30.0625, 0, 1], [40, 29.9375, 0, 0]],
         values=[[1, 2], [3, 5], [4, 8]]),
    case('negative-scores', 'exponentials all vanish unless shifted', flags=['underflow'],
         queries=[[-40, 30, 0, 0]], keys=[[40, -30, 1, 0], [40, -30.0625, 0, 1]],
         values=[[1, 2], [3, 5]]),
    case('sum-overflows', 'each exponential is finite, their sum is not', flags=['overflow'],
         queries=[[1]], keys=[[709], [709.5]], values=[[1], [3]]),
    case('one-for-all', 'a query so sure that it takes one value', flags=['overflow'],
         queries=[[1000, 0]], keys=[[1, 0], [-1, 5]], values=[[1.5, 2], [3, 5]]),
    case('far-tail', 'a small weight keeps its digits', flags=['tail'],
         queries=[[1]], keys=[[0], [-40], [-700]], values=[[1], [0], [0]]),
    case('missing', 'NaN in a query leaves the others alone', flags=['special'],
         queries=[[NAN, 0], [1, 2]], keys=[[1, 0], [0, 1]], values=[[1], [3]]),
    case('keys-narrower', 'keys are as wide as queries', queries=[[1, 2, 3]],
         keys=[[1, 2], [3, 4]], values=[[1], [2]]),
    case('a-value-missing', 'every key has a value', queries=[[1, 2]],
         keys=[[1, 2], [3, 4]], values=[[1]]),
    case('stacks-differ', 'two matrices of queries, one of keys', queries=[[[1]], [[2]]],
         keys=[[[1]]], values=[[[1]]]),
    case('no-matrix', 'queries are rows of a matrix', queries=[1, 2], keys=[1, 2], values=[1, 2]),
    case('mask-turned', 'a mask has a row for each query and a column for each key',
         queries=[[1]], keys=[[1], [2]], values=[[1], [2]], mask=[[1], [1]]),
    case('half-masked', 'a mask is 0 or 1', queries=[[1]], keys=[[1], [2]],
         values=[[1], [2]], mask=[[1, 0.5]]),
    case('no-keys', 'nothing to look at', queries=[[]], keys=[[]], values=[[]]),
])
def scaled_dot_product_attention(queries, keys, values, mask=None):
    lengths = [shape(array) for array in (queries, keys, values)]
    if any(len(axes) < 2 for axes in lengths):
        raise Refused('shape')
    of_queries, of_keys, of_values = lengths
    fits = (of_queries[:-2] == of_keys[:-2] == of_values[:-2] and of_queries[-1] == of_keys[-1]
            and of_keys[-2] == of_values[-2]
            and (mask is None or shape(mask) == of_queries[:-1] + of_keys[-2:-1]))
    if not fits:
        raise Refused('shape')
    if not (flat(queries) and flat(keys) and flat(values)):
        raise Refused('empty')
    if mask is not None and any(element not in (0, 1) for element in flat(mask)):
        raise Refused('domain')
    return attention(queries, keys, values, mask)


def attention(queries, keys, values, mask):
    if isinstance(queries[0][0], list):
        masks = mask or [None] * len(queries)
        parts = [attention(*matrices) for matrices in zip(queries, keys, values, masks)]
        return {name: [part[name] for part in parts] for name in ('output', 'weights')}
    weights = [shares([score(query, key) for key in keys], mask[row] if mask else None)
               for row, query in enumerate(queries)]
    columns = list(zip(*values))
    return {
        'output': [[mp.fsum(w * v for w, v in zip(row, column)) for column in columns]
                   for row in weights],
        'weights': weights,
    }


def score(query, key):
    return mp.fsum(a * b for a, b in zip(query, key)) / mp.sqrt(len(key))


def shares(scores, mask):
    """The softmax over what may be seen; mpmath neither overflows nor underflows."""
    seen = [mask is None or element == 1 for element in (mask or scores)]
    exponentials = [mp.exp(z) if is_seen else mpf(0) for z, is_seen in zip(scores, seen)]
    if not any(seen):
        return exponentials
    return [e / mp.fsum(exponentials) for e in exponentials]
