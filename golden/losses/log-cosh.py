from mpmath import mp

from oracle import case, flat, mean, oracle, same_shape


@oracle('losses/log-cosh', differentiable=['prediction'], cases=[
    case('ordinary', 'errors of both signs, and a prediction that is right',
         prediction=[1.5, -2, -1, 3.25], target=[1, -2, 0.5, 3]),
    case('single', 'one element', prediction=[2.5], target=[0]),
    case('matrix', 'the mean is over all elements', prediction=[[0, 1, 2], [2, 3, 5]],
         target=[[1, 1, 0], [0, 8, 4]]),
    case('equal', 'no error, no loss', prediction=[0.1, 1e8, -3], target=[0.1, 1e8, -3]),
    case('offset', 'errors far smaller than the values they are made on',
         flags=['cancellation'], prediction=[1e8 + 0.0625, 1e8 - 0.125, 1e8],
         target=[1e8, 1e8 + 0.25, 1e8 + 0.5]),
    case('about-one', 'neither a parabola nor a line',
         prediction=[0.5, 1, -1, 2], target=[0, 0, 0, 0]),
    case('hundred', '|e| - ln 2, not |e|', flags=['notebook'], prediction=[100], target=[0]),
    case('small', 'a quotient of cosh and 1 keeps half the digits', flags=['tail'], strict=True,
         prediction=[1e-4], target=[0]),
    case('tiny-errors', 'cosh rounds to 1, half the square is left', flags=['tail'], strict=True,
         prediction=[1e-9, -1e-9], target=[0, 0]),
    case('squares-underflow', 'half the square of 1e-150', flags=['underflow'], strict=True,
         prediction=[1e-150, -1e-150], target=[0, 0]),
    case('overflowing-cosh', 'cosh overflows from 711 on', flags=['overflow'],
         prediction=[800, -800], target=[0, 0]),
    case('large-errors', 'as large as doubles get', flags=['overflow'],
         prediction=[1e300], target=[0]),
    case('infinite-error', 'an infinite error costs infinitely much', flags=['special'],
         strict=True, prediction=[float('inf'), 0], target=[0, 0]),
    case('minus-infinite-error', 'and so does one on the other side', flags=['special'],
         strict=True, prediction=[0, float('-inf')], target=[0, 0]),
    case('missing', 'NaN propagates', flags=['special'],
         prediction=[float('nan'), 0], target=[0, 0]),
    case('shapes-differ', 'three predictions for two targets',
         prediction=[1, 2, 3], target=[1, 2]),
    case('row-against-column', 'n against n by 1 is not broadcast',
         prediction=[1, 2, 3], target=[[1], [2], [3]]),
    case('no-elements', 'a mean of nothing', prediction=[], target=[]),
])
def log_cosh(prediction, target):
    same_shape(prediction, target)
    return mean(of_error(abs(p - t)) for p, t in zip(flat(prediction), flat(target)))


def of_error(e):
    # Beyond 1000, e^(-2e) is below 10^-868; below 10^-20, the next term is below 10^-80.
    if e > 1000:
        return e - mp.log(2)
    return e ** 2 / 2 - e ** 4 / 12 if e < mp.mpf(10) ** -20 else mp.log(mp.cosh(e))
