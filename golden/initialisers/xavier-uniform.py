from mpmath import mp, mpf

from oracle import Refused, case, flat, mapped, oracle, shape


@oracle('initialisers/xavier-uniform', cases=[
    case('square', 'three inputs and three outputs, a limit of 1',
         uniforms=[[0, 0.25, 0.5], [0.75, 0.125, 0.875], [0.0625, 0.9375, 0.5]]),
    case('wide', 'one input and five outputs, a limit of 1', uniforms=[[0, 0.1, 0.5, 0.7, 0.9]]),
    case('tall', 'five inputs and one output, the same limit',
         uniforms=[[0], [0.1], [0.5], [0.7], [0.9]]),
    case('matrix', 'a limit that is not rational', uniforms=[[0.1, 0.2, 0.3], [0.6, 0.7, 0.9]]),
    case('one-weight', 'a fan of 1 on either side, the widest limit', uniforms=[[0.75]]),
    case('kernel', 'a receptive field of two by one counts in both fans',
         uniforms=[[[[0, 0.25, 0.75]]], [[[0.5, 0.125, 0.875]]]]),
    case('sequence-kernel', 'one axis of a receptive field, of length four',
         uniforms=[[[0, 0.5]], [[0.25, 0.75]], [[0.1, 0.9]], [[0.3, 0.7]]]),
    case('axes-of-one', 'a receptive field of one by one changes nothing',
         uniforms=[[[[0.1, 0.2, 0.3], [0.6, 0.7, 0.9]]]]),
    case('lowest', 'a draw of 0 gives the lower limit', flags=['edge'],
         uniforms=[[0, 0], [0, 0]]),
    case('highest', 'the largest draw stays below the upper limit', flags=['edge'],
         uniforms=[[1 - 2 ** -53, 0.5]]),
    case('middle', 'a draw of one half gives 0', flags=['edge'], uniforms=[[0.5, 0.5]]),
    case('beside-the-middle', 'the smallest weights that are not 0', flags=['tail'],
         uniforms=[[0.5 + 2 ** -53, 0.5 - 2 ** -54, 0.5 + 2 ** -40]]),
    case('smallest-draws', 'draws that the lower limit swallows', flags=['underflow'],
         uniforms=[[5e-324, 2 ** -60, 2 ** -53]]),
    case('vector', 'one axis has no fan-out', uniforms=[0.25, 0.5]),
    case('no-axis', 'a number has no fans', uniforms=0.5),
    case('no-inputs', 'a fan-in of 0', uniforms=[]),
    case('no-weights', 'no weights, though there are inputs', uniforms=[[], []]),
    case('draw-of-one', 'draws end before 1', uniforms=[[0.5, 1]]),
    case('draw-below-zero', 'draws begin at 0', uniforms=[[-0.25, 0.5]]),
    case('draw-missing', 'a draw is a number', uniforms=[[float('nan'), 0.5]]),
])
def xavier_uniform(uniforms):
    lengths = shape(uniforms)
    if len(lengths) < 2:
        raise Refused('shape')
    if not flat(uniforms):
        raise Refused('empty')
    if not all(0 <= u < 1 for u in flat(uniforms)):
        raise Refused('domain')
    receptive_field = mp.fprod(lengths[:-2])
    limit = mp.sqrt(mpf(6) / (receptive_field * lengths[-2] + receptive_field * lengths[-1]))
    return mapped(lambda u: limit * (2 * u - 1), uniforms)
