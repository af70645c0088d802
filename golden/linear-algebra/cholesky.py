from mpmath import mp, mpf

from oracle import Refused, case, oracle, square_matrix

NAN = float('nan')


def hilbert(n):
    """1/(i + j + 1), the doubles: the nearer to singular the larger."""
    return [[1 / (i + j + 1) for j in range(n)] for i in range(n)]


@oracle('linear-algebra/cholesky', differentiable=['matrix'], cases=[
    case('two-by-two', 'a factor of whole numbers', matrix=[[4, 2], [2, 5]]),
    case('three-by-three', 'a factor of whole numbers, one of them negative',
         matrix=[[25, 15, -5], [15, 18, 0], [-5, 0, 11]]),
    case('covariance', 'the covariance of the density in the document', flags=['notebook'],
         matrix=[[2, 0.5], [0.5, 1]]),
    case('hessian', 'the Hessian of 2x² + 3y² − xy, which is positive definite',
         flags=['notebook'], matrix=[[4, -1], [-1, 6]]),
    case('dense', 'no element is 0',
         matrix=[[4, 1, -2, 0.5], [1, 3, 0.25, -1], [-2, 0.25, 5, 2], [0.5, -1, 2, 3]]),
    case('identity', 'its own root', matrix=[[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
    case('diagonal', 'the roots of its elements', matrix=[[4, 0], [0, 0.25]]),
    case('one-by-one', 'a root', matrix=[[2]]),
    case('hilbert', 'little is left of the last pivots', matrix=hilbert(4)),
    case('huge', 'products of elements overflow', flags=['overflow'],
         matrix=[[4e200, 2e200], [2e200, 5e200]]),
    case('tiny', 'pivots far below every fixed threshold', flags=['underflow'],
         matrix=[[4e-200, 2e-200], [2e-200, 5e-200]]),
    case('different-units', 'variances of different sizes',
         matrix=[[1e-12, 1e-6, 0], [1e-6, 4, 1e5], [0, 1e5, 1e12]]),
    case('large-beside-small', 'an element larger than one of those on the diagonal',
         matrix=[[0.25, 1], [1, 16]]),
    case('missing', 'NaN propagates to what hangs on it', flags=['special'],
         matrix=[[4, 2, 2], [2, NAN, 5], [2, 5, 30]]),
    case('indefinite', 'a pivot of -3', matrix=[[1, 2], [2, 1]]),
    case('negative', 'a negative diagonal', matrix=[[-1]]),
    case('singular', 'a pivot of 0', matrix=[[1, 1], [1, 1]]),
    case('zero', 'no pivot at all', matrix=[[0, 0], [0, 0]]),
    case('not-symmetric', 'half of it would be ignored', matrix=[[4, 1], [2, 5]]),
    case('not-square', 'three columns and two rows', matrix=[[4, 2, 1], [2, 5, 3]]),
    case('row', 'a vector is no matrix', matrix=[4, 2]),
    case('no-elements', 'a row of nothing', matrix=[[]]),
])
def cholesky(matrix):
    n = square_matrix(matrix)
    if any(is_apart(matrix[i][j], matrix[j][i]) for i in range(n) for j in range(n)):
        raise Refused('domain')
    factor = [[mp.zero] * n for _ in range(n)]
    for j in range(n):
        for i in range(j, n):
            # Differences move one element: what they say is shared between the two of a pair.
            element = (matrix[i][j] + matrix[j][i]) / 2
            rest = element - mp.fsum(factor[i][k] * factor[j][k] for k in range(j))
            if i == j and rest <= 0:
                raise Refused('domain')
            factor[i][j] = mp.sqrt(rest) if i == j else rest / factor[j][j]
    return factor


def is_apart(one, other):
    """True for elements that were given apart: the oracle's own steps are far below that."""
    return abs(one - other) > mpf(10) ** -18 * max(abs(one), abs(other), mpf(10) ** -3)
