from oracle import case, flat, mean, oracle, same_shape


@oracle('losses/mae', differentiable=['prediction'], cases=[
    case('ordinary', 'errors of both signs',
         prediction=[1.5, -2, -1, 3.25], target=[1, -1, 0.5, 3]),
    case('at-the-kink', 'a prediction that is right, where the slope is any in [-1/n, 1/n]',
         flags=['edge'], gradient=False, prediction=[1.5, -2, -1, 3.25], target=[1, -2, 0.5, 3]),
    case('single', 'one element', prediction=[2.5], target=[0]),
    case('matrix', 'the mean is over all elements', prediction=[[0, 1, 2], [2, 3, 5]],
         target=[[1, 1, 0], [0, 8, 4]], gradient=False),
    case('equal', 'no error, no loss', gradient=False,
         prediction=[0.1, 1e8, -3], target=[0.1, 1e8, -3]),
    case('offset', 'errors far smaller than the values they are made on',
         flags=['cancellation'], prediction=[1e8 + 0.0625, 1e8 - 0.125, 1e8],
         target=[1e8, 1e8 + 0.25, 1e8 + 0.5]),
    case('many', 'one error among many', gradient=False,
         prediction=[0.0] * 40, target=[0.0] * 39 + [4]),
    case('tiny-errors', 'errors whose squares underflow', flags=['underflow'],
         prediction=[1e-200, -3e-200], target=[0, 0]),
    case('large-errors', 'errors whose squares overflow', flags=['overflow'],
         prediction=[1e200, -3e200], target=[0, 0]),
    case('sum-overflows', 'each error is finite and so is their mean, but not their sum',
         flags=['overflow'], strict=True, gradient=False,
         prediction=[1.5e308, -1.5e308], target=[0, 0]),
    case('infinite-error', 'an infinite error costs infinitely much', flags=['special'],
         prediction=[float('inf'), 0], target=[0, 0]),
    case('minus-infinite-error', 'and so does one on the other side', flags=['special'],
         prediction=[0, float('-inf')], target=[0, 0]),
    case('missing', 'NaN propagates', flags=['special'],
         prediction=[float('nan'), 0], target=[0, 0]),
    case('shapes-differ', 'three predictions for two targets',
         prediction=[1, 2, 3], target=[1, 2]),
    case('row-against-column', 'n against n by 1 is not broadcast',
         prediction=[1, 2, 3], target=[[1], [2], [3]]),
    case('no-elements', 'a mean of nothing', prediction=[], target=[]),
])
def mae(prediction, target):
    same_shape(prediction, target)
    return mean(abs(p - t) for p, t in zip(flat(prediction), flat(target)))
