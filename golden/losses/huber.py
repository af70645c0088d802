from oracle import Refused, case, flat, mean, oracle, same_shape


@oracle('losses/huber', differentiable=['prediction'], cases=[
    case('ordinary', 'errors of both signs, and a prediction that is right',
         prediction=[1.5, -2, -1, 3.25], target=[1, -2, 0.5, 3]),
    case('both-branches', 'one error inside delta, one outside',
         prediction=[0, 0], target=[0.5, 3]),
    case('at-delta', 'both pieces and their slopes meet at an error of exactly delta',
         flags=['seam'], prediction=[1, -1], target=[0, 0]),
    case('negative-error-outside', 'the line rises on both sides',
         prediction=[-4, 4], target=[0, 0]),
    case('small-delta', 'delta other than its default', prediction=[1.5, -2, -1, 3.25],
         target=[1, -2, 0.5, 3], delta=0.25),
    case('large-delta', 'half the mean squared error while delta covers every error',
         prediction=[1.5, -2, -1, 3.25], target=[1, -2, 0.5, 3], delta=100),
    case('equal', 'no error, no loss', prediction=[0.1, 1e8, -3], target=[0.1, 1e8, -3]),
    case('matrix', 'the mean is over all elements', prediction=[[0, 1], [2, 3]],
         target=[[1, 1], [0, 8]]),
    case('single', 'one element', prediction=[2.5], target=[0]),
    case('tiny-errors', 'squares of errors around 1e-150', flags=['underflow'],
         prediction=[1e-150, -1e-150], target=[0, 0]),
    case('large-errors', 'errors whose squares overflow lie on the line', flags=['overflow'],
         prediction=[1e200, -1e200], target=[0, 0]),
    case('infinite-error', 'an infinite error costs infinitely much', flags=['special'],
         prediction=[float('inf'), 0], target=[0, 0]),
    case('missing', 'NaN propagates', flags=['special'],
         prediction=[float('nan'), 0], target=[0, 0]),
    case('shapes-differ', 'three predictions for two targets',
         prediction=[1, 2, 3], target=[1, 2]),
    case('row-against-column', 'n against n by 1 is not broadcast',
         prediction=[1, 2, 3], target=[[1], [2], [3]]),
    case('delta-zero', 'delta must be positive', prediction=[1], target=[0], delta=0),
    case('delta-negative', 'delta must be positive', prediction=[1], target=[0], delta=-1),
    case('no-elements', 'a mean of nothing', prediction=[], target=[]),
])
def huber(prediction, target, delta=1):
    same_shape(prediction, target)
    if not 0 < delta < float('inf'):
        raise Refused('domain')
    errors = [abs(p - t) for p, t in zip(flat(prediction), flat(target))]
    return mean(e * e / 2 if e <= delta else delta * (e - delta / 2) for e in errors)
