from mpmath import mp

from oracle import Refused, case, flat, oracle, square_matrix

NAN = float('nan')


def eigen(id, why, matrix, **more):
    return case(id, why, matrix=matrix, **more)


@oracle('linear-algebra/eigen-decomposition-symmetric', cases=[
    eigen('two-by-two', 'half the trace and a root apart', [[2, 1], [1, 2]]),
    eigen('quadratic-form', 'the Hessian of 2x² + 3y² − xy: 5 ∓ √2', [[4, -1], [-1, 6]],
          flags=['notebook']),
    eigen('newton-at-the-end', 'the Hessian where Newton stops, in which numpy.linalg.eig is not sorted',
          [[7.999999985785389, -0.9999999900585445], [-0.9999999900585445, 4.000000000000012]],
          flags=['notebook']),
    eigen('newton-at-the-start', 'the Hessian where Newton starts', [[198.4, -2.6], [-2.6, 157.6]],
          flags=['notebook']),
    eigen('negative-and-positive', 'values of both signs keep them and are sorted by them',
          [[-3, 1, 0], [1, 0.5, -2], [0, -2, 2]]),
    eigen('zero-diagonal', 'equal diagonal elements are turned by an eighth of a circle',
          [[0, 3], [3, 0]]),
    eigen('path', 'three points in a row', [[1, -1, 0], [-1, 2, -1], [0, -1, 1]]),
    eigen('dense', 'no element is 0', [[4, 1, -2, 0.5], [1, 3, 0.25, -1], [-2, 0.25, 5, 2],
                                      [0.5, -1, 2, 1]]),
    eigen('singular', 'a value of 0 between others',
          [[1, 2, 3], [2, 1, 3], [3, 3, 6]]),
    eigen('diagonal', 'nothing to turn, but to sort', [[3, 0, 0], [0, -1, 0], [0, 0, 2]]),
    eigen('one-by-one', 'its own value', [[-2.5]]),
    eigen('identity', 'one value, any vectors', [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
          flags=['repeated']),
    eigen('zero', 'all values are 0', [[0, 0], [0, 0]], flags=['repeated']),
    eigen('ones', 'a value of n, and 0 for all others', [[1, 1, 1], [1, 1, 1], [1, 1, 1]],
          flags=['repeated']),
    eigen('repeated', 'a value of 1 twice', [[2, 1, 1], [1, 2, 1], [1, 1, 2]], flags=['repeated']),
    eigen('huge', 'squares overflow', [[3e200, 1e200], [1e200, -2e200]], flags=['overflow']),
    eigen('tiny', 'squares underflow', [[3e-200, 1e-200], [1e-200, -2e-200]], flags=['underflow']),
    eigen('nearly-diagonal', 'a small angle', [[1, 1e-9], [1e-9, 2]]),
    eigen('graded', 'axes of different sizes', [[1, 0.01, 0.0001], [0.01, 0.001, 0.00001],
                                               [0.0001, 0.00001, 0.000001]]),
    eigen('missing', 'NaN leaves nothing to say', [[1, NAN], [NAN, 2]], flags=['special']),
    eigen('not-symmetric', 'half of it would be ignored', [[1, 2], [3, 4]]),
    eigen('almost-symmetric', 'one bit is enough', [[1, 0.1], [0.10000000000000002, 1]]),
    eigen('not-square', 'three columns and two rows', [[1, 2, 3], [2, 4, 5]]),
    eigen('row', 'a vector is no matrix', [1, 2, 3]),
    eigen('no-elements', 'a row of nothing', [[]]),
])
def eigen_decomposition_symmetric(matrix):
    n = square_matrix(matrix)
    if any(mp.isnan(x) for x in flat(matrix)):
        return {'values': [NAN] * n, 'vectors': [[NAN] * n for _ in range(n)]}
    if any(matrix[i][j] != matrix[j][i] for i in range(n) for j in range(n)):
        raise Refused('domain')
    values, vectors = mp.eigsy(mp.matrix(matrix))
    values = [x if abs(x) > mp.mpf(10) ** -40 * norm(matrix) else mp.zero for x in values]
    if any(b - a <= mp.mpf(10) ** -40 * norm(matrix) for a, b in zip(values, values[1:])):
        # Any vectors of the same space would do.
        return {'values': values}
    columns = [upright([vectors[i, j] for i in range(n)]) for j in range(n)]
    return {'values': values, 'vectors': [[column[i] for column in columns] for i in range(n)]}


def norm(matrix):
    return mp.sqrt(mp.fsum(x * x for x in flat(matrix)))


def upright(vector):
    """Either sign is right; here the largest element, the first of several, is positive."""
    size = max(abs(x) for x in vector)
    first = next(x for x in vector if abs(x) > size * (1 - mp.mpf(10) ** -20))
    cleaned = [x if abs(x) > mp.mpf(10) ** -40 else mp.zero for x in vector]
    return [x * mp.sign(first) for x in cleaned]
