from mpmath import mp, mpf

from oracle import Refused, case, flat, mapped, oracle

INF = float('inf')
NAN = float('nan')


@oracle('gradients/clip-by-global-norm', cases=[
    case('notebook', 'a weight and a bias, shortened together', flags=['notebook'],
         gradients={'weight': [3, 4], 'bias': [12]}, maxNorm=5),
    case('below', 'shorter than the limit, and left alone',
         gradients={'weight': [0.3, -0.4]}),
    case('default', 'a limit of 1', gradients={'weight': [[1, -2], [2, 4]]}),
    case('at-the-limit', 'a norm of exactly the limit stays', flags=['seam'],
         gradients={'weight': [3], 'bias': [-4]}, maxNorm=5),
    case('beside-the-limit', 'a norm just above the limit', flags=['seam'],
         gradients={'weight': [3, 4.000000000000001]}, maxNorm=5),
    case('many', 'six arrays of other shapes', gradients={
        'scale': [2], 'weight1': [[1, 2], [3, 4]], 'bias1': [0.5, -0.5],
        'weight2': [[[1], [-1]], [[2], [-2]]], 'bias2': [[0.25]], 'empty': []}, maxNorm=2),
    case('one-long', 'each array alone is within the limit, all together are not',
         gradients={'a': [0.75], 'b': [0.75], 'c': [-0.75]}),
    case('no-arrays', 'nothing has a norm of 0', flags=['edge'], gradients={}),
    case('zeros', 'a norm of 0', flags=['edge'], gradients={'weight': [0, 0], 'bias': [0]}),
    case('zeros-at-zero', 'a norm of 0 at a limit of 0', flags=['edge'],
         gradients={'weight': [0, 0]}, maxNorm=0),
    case('limit-zero', 'nothing is left at a limit of 0', flags=['edge'],
         gradients={'weight': [3, -4]}, maxNorm=0),
    case('no-limit', 'an infinite limit only measures', flags=['edge'],
         gradients={'weight': [3, 4], 'bias': [1e10]}, maxNorm=INF),
    case('small', 'squares of 1e-150', flags=['underflow'],
         gradients={'weight': [3e-150, 4e-150]}, maxNorm=1e-150),
    case('vanishing', 'the squares vanish, the norm does not', flags=['underflow'], strict=True,
         gradients={'weight': [3e-200, 4e-200]}, maxNorm=1e-200),
    case('large', 'the largest squares that are finite', flags=['overflow'],
         gradients={'weight': [3e153, -4e153]}),
    case('overflowing', 'the squares overflow, the norm does not', flags=['overflow'],
         strict=True, gradients={'weight': [3e200, -4e200], 'bias': [1e200]}),
    case('longest', 'a norm beyond the largest double', flags=['overflow'], strict=True,
         gradients={'weight': [1.5e308, 1.5e308]}),
    case('infinite', 'an infinite norm leaves nothing of the rest', flags=['special'],
         gradients={'weight': [INF, 1], 'bias': [-2]}),
    case('both-infinite', 'infinities of both signs', flags=['special'],
         gradients={'weight': [INF, -INF, 0]}),
    case('missing', 'missing data is missing everywhere', flags=['special'],
         gradients={'weight': [NAN, 1], 'bias': [2]}),
    case('missing-and-infinite', 'and beside an infinity', flags=['special'],
         gradients={'weight': [NAN], 'bias': [INF]}),
    case('limit-negative', 'a limit is at least 0', gradients={'weight': [1]}, maxNorm=-1),
    case('limit-missing', 'a limit is a number', gradients={'weight': [1]}, maxNorm=NAN),
])
def clip_by_global_norm(gradients, maxNorm=mpf(1)):
    if not maxNorm >= 0:
        raise Refused('domain')
    norm = global_norm(flat(gradients))
    if norm <= maxNorm:
        return {'clipped': gradients, 'norm': norm}
    factor = mpf(0) if mp.isinf(norm) else maxNorm / norm
    return {'clipped': {name: array if array == [] else mapped(lambda g: g * factor, array)
                        for name, array in gradients.items()},
            'norm': norm}


def global_norm(elements):
    if any(mp.isnan(g) for g in elements):
        return mp.nan
    if any(mp.isinf(g) for g in elements):
        return mp.inf
    return mp.sqrt(mp.fsum(g * g for g in elements))
