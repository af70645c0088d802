from mpmath import mp

from oracle import Refused, case, flat, oracle, shape


@oracle('activations/softmax-jacobian', differentiable=['probability'], cases=[
    case('two', 'two classes: p (1 - p), with both signs', probability=[0.25, 0.75]),
    case('three', 'three classes', probability=[0.5, 0.25, 0.25]),
    case('softmax-of-one-two-three', 'the probabilities of the logits 1, 2, 3',
         probability=[0.09003057317038046, 0.24472847105479764, 0.6652409557748219]),
    case('even', 'equal shares', probability=[0.25, 0.25, 0.25, 0.25]),
    case('certain', 'a certain class answers to nothing', flags=['edge'], probability=[0, 1, 0]),
    case('one', 'a single class is certain', flags=['edge'], probability=[1]),
    case('almost-certain', '1 - p next to p = 1', flags=['tail'],
         probability=[1 - 2 ** -40, 2 ** -40]),
    case('tiny', 'a probability whose square vanishes', flags=['underflow'],
         probability=[1e-200, 1]),
    case('largest-slope', 'no slope is steeper than a quarter', probability=[0.5, 0.5]),
    case('missing', 'NaN propagates along its row and column', flags=['special'],
         probability=[float('nan'), 0.5, 0.5]),
    case('matrix', 'a matrix has no single Jacobian', probability=[[0.5, 0.5]]),
    case('below-zero', 'probabilities begin at 0', probability=[-0.25, 1.25]),
    case('sum-below-one', 'shares that leave something over', probability=[0.25, 0.25]),
    case('no-elements', 'no classes', probability=[]),
])
def softmax_jacobian(probability):
    s = probability
    if len(shape(s)) != 1:
        raise Refused('shape')
    if not flat(s):
        raise Refused('empty')
    # Gradients are taken by steps of 1e-25, which may leave the ends.
    if any(p < -1e-20 or p > 1 + mp.mpf(1e-20) for p in s) or abs(mp.fsum(s) - 1) > 0.01:
        raise Refused('domain')
    return [[p * (1 - p) if i == j else -p * q for j, q in enumerate(s)]
            for i, p in enumerate(s)]
