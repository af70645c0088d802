from mpmath import mp

from oracle import Refused, case, flat, mean, oracle, same_shape, shape

INF = float('inf')


@oracle('losses/gaussian-kl', differentiable=['mean', 'logVariance'], cases=[
    case('ordinary', 'two codes of two dimensions', mean=[[0.5, -1], [2, 0.25]],
         logVariance=[[0.25, -0.5], [1, -2]]),
    case('one-dimension', 'a single number', mean=[[1.5]], logVariance=[[0.5]]),
    case('standard', 'the standard normal distribution itself', flags=['edge'],
         gradient=False, mean=[[0, 0]], logVariance=[[0, 0]]),
    case('means-only', 'with unit variance, half the squared mean', gradient=False,
         mean=[[1, 2], [0, 3]], logVariance=[[0, 0], [0, 0]]),
    case('variances-only', 'with mean 0, only the variances cost', mean=[[0, 0]],
         logVariance=[[1, -1]]),
    case('sum-over-dimensions', 'dimensions are added, rows averaged',
         mean=[[1, 1, 1, 1], [1, 1, 1, 1]], logVariance=[[0.5] * 4] * 2),
    case('wide-and-narrow', 'large and small variances', mean=[[0, 0]], logVariance=[[20, -20]]),
    case('next-to-standard', 'half a square, where the difference cancels', flags=['tail'],
         strict=True, mean=[[0, 0]], logVariance=[[1e-6, -1e-6]]),
    case('at-the-series', 'logarithms of size 1', mean=[[0, 0, 0, 0]],
         logVariance=[[1, -1, 0.9999999999999999, -0.9999999999999999]]),
    case('tiny-means', 'squares of means around 1e-150', flags=['underflow'], gradient=False,
         mean=[[1e-150, -1e-150]], logVariance=[[0, 0]]),
    case('far-narrow', 'a variance that underflows still has a logarithm', flags=['underflow'],
         mean=[[0]], logVariance=[[-2000]]),
    case('far-wide', 'a variance next to the largest double', flags=['overflow'],
         mean=[[0]], logVariance=[[709]]),
    case('too-wide', 'a variance that no double holds', flags=['overflow'], mean=[[0]],
         logVariance=[[1000]]),
    case('no-variance', 'a point is infinitely far away', flags=['special'], mean=[[0]],
         logVariance=[[-INF]]),
    case('infinite-variance', 'so is a distribution spread over everything', flags=['special'],
         strict=True, mean=[[0]], logVariance=[[INF]]),
    case('infinite-mean', 'and one that lies infinitely far away', flags=['special'],
         mean=[[INF, 0]], logVariance=[[0, 0]]),
    case('missing', 'NaN propagates', flags=['special'], mean=[[float('nan'), 0]],
         logVariance=[[0, 0]]),
    case('shapes-differ', 'two rows for one', mean=[[0, 1], [1, 0]], logVariance=[[0, 0]]),
    case('vector', 'a row is not a matrix', mean=[0, 1], logVariance=[0, 1]),
    case('no-elements', 'a mean of nothing', mean=[[]], logVariance=[[]]),
])
def gaussian_kl(mean, logVariance):
    same_shape(mean, logVariance)
    if len(shape(mean)) != 2:
        raise Refused('shape')
    numbers = flat(mean) + flat(logVariance)
    if any(mp.isnan(number) for number in numbers):
        return mp.nan
    if any(mp.isinf(number) for number in numbers):
        return INF
    return average(mp.fsum(map(divergence, *rows)) for rows in zip(mean, logVariance))


average = mean


def divergence(centre, logarithm):
    variance = mp.exp(logarithm)
    # The parts apart: beside a 1, the square of 1e-150 is beyond the 50 digits.
    return centre ** 2 / 2 + (variance - mp.log(variance) - 1) / 2
