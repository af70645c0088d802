from mpmath import mp, mpf

from oracle import Refused, case, oracle, shape

INF = float('inf')
NAN = float('nan')
# Gradients of (x² + 10 y²)/2 along the document's ten steps from (1, 1), as doubles.
DESCENT = [[1.0, 10.0], [0.900000001, 9.000000001], [0.8004122297123382, 8.004122278753567],
           [0.701586274504415, 7.015862716993226], [0.603939062682108, 6.039390588870568],
           [0.507963661927221, 5.079636571340391], [0.41423645920501484, 4.142364534245799],
           [0.32342070867887096, 3.234207019472873], [0.23626372875154017, 2.3626372113664365],
           [0.15358456473296608, 1.5358455634028206]]


@oracle('optimisers/adam', cases=[
    case('descent', 'ten steps down a valley ten times as steep one way', flags=['notebook'],
         parameters=[1, 1], gradients=DESCENT, learningRate=0.1),
    case('first-step', 'a first step has the length of the learning rate',
         parameters=[0, 0, 0], gradients=[[4, -0.25, 1e-3]], learningRate=0.1),
    case('defaults', 'the step of the defaults', parameters=[1, -2],
         gradients=[[0.5, -1], [0.25, 3], [-1, 0.125]]),
    case('next-to-epsilon', 'a gradient as small as epsilon goes half as far',
         flags=['edge'], parameters=[0, 0, 0], gradients=[[1e-8, 1e-12, -1e-7]], learningRate=1),
    case('large-epsilon', 'epsilon beside corrected roots', parameters=[1, -1],
         gradients=[[0.5, 2], [0.5, -1], [0, 0.25]], learningRate=0.5, epsilon=0.25),
    case('zeros', 'no gradient, no step', flags=['edge'], parameters=[1.5, -2],
         gradients=[[0, 0], [0, 0]]),
    case('late', 'a first gradient after zeros, when corrections are smaller',
         parameters=[0], gradients=[[0], [0], [0], [1], [0], [1]], learningRate=1),
    case('turning', 'gradients that change their sign', parameters=[0.5],
         gradients=[[1], [-1], [1], [-1], [2], [-2]], learningRate=0.125),
    case('constant', 'a constant gradient goes as far at every step', parameters=[10],
         gradients=[[0.5], [0.5], [0.5]], learningRate=0.1),
    case('spike', 'a spike that the mean square remembers', parameters=[0],
         gradients=[[0.01], [100], [0.01], [0.01], [0.01]], learningRate=1),
    case('small-gradients', 'gradients of 1e-7, where epsilon is the question',
         parameters=[1], gradients=[[1e-7], [1e-7]], learningRate=0.1, epsilon=1e-7),
    case('no-memory', 'betas of 0 remember nothing', parameters=[0, 0],
         gradients=[[3, -4], [0.5, 2], [0, -1]], learningRate=0.5, beta1=0, beta2=0),
    case('even-betas', 'both betas a half', parameters=[1],
         gradients=[[1], [2], [-3]], learningRate=0.25, beta1=0.5, beta2=0.5),
    case('slow-first', 'betas the other way round', parameters=[1],
         gradients=[[1], [2], [-3]], learningRate=0.25, beta1=0.99, beta2=0.5),
    case('rate-zero', 'a rate of 0 stays', flags=['edge'], parameters=[3],
         gradients=[[1], [2]], learningRate=0),
    case('large-gradients', 'squares up to 1e300', flags=['overflow'], parameters=[0, 0],
         gradients=[[1e150, 1e140], [-1e150, 1e150]], learningRate=1),
    case('missing', 'NaN stays with its parameter for ever', flags=['special'],
         parameters=[1, 1], gradients=[[0.5, 0.5], [NAN, 0.5], [0.5, 0.5]], learningRate=0.1),
    case('infinite', 'an infinite gradient has no direction left', flags=['special'],
         parameters=[1, 1], gradients=[[0.5, 0.5], [INF, 0.5], [0.5, -INF]], learningRate=0.1),
    case('columns-differ', 'two parameters, gradients of three', parameters=[1, 2],
         gradients=[[1, 2, 3]]),
    case('gradients-without-steps', 'a vector of gradients has no steps', parameters=[1, 2],
         gradients=[1, 2]),
    case('parameters-in-a-matrix', 'parameters are a vector', parameters=[[1, 2]],
         gradients=[[1, 2]]),
    case('rate-negative', 'a negative rate climbs', parameters=[1], gradients=[[1]],
         learningRate=-0.1),
    case('epsilon-zero', 'epsilon must be positive', parameters=[1], gradients=[[0]], epsilon=0),
    case('beta-one', 'a beta of 1 never learns', parameters=[1], gradients=[[1]], beta1=1),
    case('second-beta-one', 'neither does the other', parameters=[1], gradients=[[1]], beta2=1),
    case('beta-negative', 'betas are at least 0', parameters=[1], gradients=[[1]], beta1=-0.5),
    case('no-parameters', 'nothing to move', parameters=[], gradients=[]),
])
def adam(parameters, gradients, learningRate=mpf(0.001), beta1=mpf(0.9), beta2=mpf(0.999),
         epsilon=mpf(1e-8)):
    if not parameters and not gradients:
        raise Refused('empty')
    if len(shape(gradients)) != 2 or shape(parameters) != shape(gradients)[1:]:
        raise Refused('shape')
    in_domain = (0 <= learningRate < INF and 0 < epsilon < INF
                 and 0 <= beta1 < 1 and 0 <= beta2 < 1)
    if not in_domain:
        raise Refused('domain')
    columns = [walk(start, [row[i] for row in gradients], learningRate, beta1, beta2, epsilon)
               for i, start in enumerate(parameters)]
    return [list(row) for row in zip(*columns)]


def walk(parameter, gradients, rate, beta1, beta2, epsilon):
    """By the closed forms of the means: each gradient with the weight that it has kept."""
    trajectory = []
    for t in range(1, len(gradients) + 1):
        so_far = gradients[:t]
        if not all(mp.isfinite(g) for g in so_far):
            parameter = mp.nan
        else:
            m = weighted(so_far, beta1)
            v = weighted([g * g for g in so_far], beta2)
            parameter = parameter - rate * m / (mp.sqrt(v) + epsilon)
        trajectory.append(parameter)
    return trajectory


def weighted(values, beta):
    """The mean with weights that fall by beta at each step back, which sum to 1."""
    weights = [beta ** age for age in range(len(values))][::-1]
    return mp.fsum(w * x for w, x in zip(weights, values)) / mp.fsum(weights)
