from mpmath import mp

from oracle import Refused, case, flat, mean, oracle, same_shape


@oracle('losses/poisson-negative-log-likelihood', differentiable=['rate'], cases=[
    case('ordinary', 'counts above and below their rates',
         rate=[1.5, 2, 0.25, 7], target=[2, 1, 0, 9]),
    case('full', 'the same with the logarithms of the factorials',
         rate=[1.5, 2, 0.25, 7], target=[2, 1, 0, 9], full=True),
    case('count-zero', 'ln 0! is 0', rate=[3], target=[0], full=True),
    case('count-one', 'ln 1! is 0', rate=[3], target=[1], full=True),
    case('count-two', 'ln 2!, which Stirling misses by 0.04', flags=['edge'], rate=[3],
         target=[2], full=True),
    case('at-the-target', 'the rate that makes it least', rate=[1, 2, 5], target=[1, 2, 5]),
    case('rate-one', 'ln 1 is 0: the count does not matter', rate=[1, 1, 1], target=[0, 3, 100]),
    case('negative', 'without the factorial a likelihood may seem to exceed 1',
         rate=[20], target=[20]),
    case('nothing-expected', 'a rate of 0 is certain of the count 0', flags=['edge'],
         gradient=False, rate=[0, 2], target=[0, 1], full=True),
    case('impossible', 'any other count is impossible at a rate of 0', flags=['edge'],
         gradient=False, rate=[0, 2], target=[1, 1]),
    case('rare', 'a rate below every epsilon', flags=['tail'], rate=[1e-12, 1e-300],
         target=[1, 2]),
    case('large-counts', 'ln k! far beyond where k! overflows', flags=['overflow'],
         rate=[1e6, 200], target=[1000000, 171], full=True),
    case('matrix', 'the mean is over all elements', rate=[[0.5, 1, 2], [4, 8, 16]],
         target=[[0, 1, 2], [3, 4, 5]], full=True),
    case('missing', 'NaN propagates', flags=['special'], rate=[float('nan'), 1], target=[0, 0]),
    case('shapes-differ', 'three rates for two counts', rate=[1, 2, 3], target=[1, 2]),
    case('row-against-column', 'n against n by 1 is not broadcast',
         rate=[1, 2, 3], target=[[1], [2], [3]]),
    case('rate-negative', 'rates begin at 0', rate=[-1], target=[1]),
    case('rate-infinite', 'rates are finite', rate=[float('inf')], target=[1]),
    case('target-negative', 'counts begin at 0', rate=[1], target=[-1]),
    case('target-fraction', 'counts are whole', rate=[1], target=[0.5]),
    case('no-elements', 'a mean of nothing', rate=[], target=[]),
])
def poisson_negative_log_likelihood(rate, target, full=False):
    same_shape(rate, target)
    if any(value < 0 or value == mp.inf for value in flat(rate)) or any(
            k < 0 or k != int(k) for k in flat(target)):
        raise Refused('domain')
    return mean(surprise(r, k) + (mp.loggamma(k + 1) if full else 0)
                for r, k in zip(flat(rate), flat(target)))


def surprise(rate, count):
    """λ - k ln λ, where 0 ln 0 is 0."""
    return rate if count == 0 else rate - count * mp.log(rate)
