from mpmath import mp, mpf

from oracle import Refused, case, flat, mapped, oracle, shape


@oracle('regularisation/dropout-inverted', differentiable=['x'], cases=[
    case('halves', 'at the default rate, half is dropped and half doubled',
         x=[1, 2, 3, 4], uniforms=[0.1, 0.6, 0.4, 0.9]),
    case('third', 'a scale that is not a power of two', rate=1 / 3,
         x=[1, -2, 0.5, 3], uniforms=[0.2, 0.5, 0.3, 0.99]),
    case('tenth', 'most is kept', rate=0.1, x=[1, -2, 3], uniforms=[0.05, 0.5, 0.95]),
    case('nine-tenths', 'little is kept, and grows tenfold', rate=0.9,
         x=[1, -2, 3], uniforms=[0.05, 0.5, 0.95]),
    case('on-the-rate', 'a draw on the rate is kept, one just below is dropped',
         flags=['seam'], rate=0.25, x=[1, 2, 3],
         uniforms=[0.25, 0.25 - 2 ** -54, 0.25 + 2 ** -54]),
    case('rate-zero', 'at rate 0 all is kept, also where the draw is 0', flags=['edge'], rate=0,
         x=[1, -2, 3], uniforms=[0, 0.5, 0.999]),
    case('rate-one', 'at rate 1 all is dropped, and nothing divided by 0', flags=['edge'], rate=1,
         x=[1, -2, 3], uniforms=[0, 0.5, 1 - 2 ** -53]),
    case('next-to-one', 'the largest rate below 1 grows what it keeps to 2 to the 53rd',
         flags=['edge'], rate=1 - 2 ** -53, x=[1, 3], uniforms=[0.5, 1 - 2 ** -53]),
    case('evaluation', 'outside training nothing is dropped or scaled', rate=0.9, training=False,
         x=[1, -2, 3], uniforms=[0.05, 0.5, 0.95]),
    case('evaluation-rate-one', 'outside training the rate is not looked at', rate=1,
         training=False, x=[1, -2], uniforms=[0.05, 0.5]),
    case('zeros', 'what is 0 stays 0', x=[0, 0], uniforms=[0.1, 0.9]),
    case('matrix', 'each element has a draw of its own', rate=0.25,
         x=[[1, 2], [3, 4]], uniforms=[[0.1, 0.9], [0.3, 0.2]]),
    case('no-axis', 'a number is dropped or kept', x=3, uniforms=0.75),
    case('no-elements', 'nothing to drop', x=[], uniforms=[]),
    case('subnormal', 'a scale of two among the subnormals', flags=['underflow'],
         x=[5e-324, -5e-324], uniforms=[0.75, 0.25]),
    case('overflow', 'the largest numbers overflow when they grow', flags=['overflow'],
         gradient=False, x=[1.7e308, -1.7e308], uniforms=[0.75, 0.75]),
    case('shapes-differ', 'one draw for two activations', x=[1, 2], uniforms=[0.5]),
    case('row-against-column', 'n against n by 1 is not broadcast', x=[1, 2],
         uniforms=[[0.5], [0.5]]),
    case('rate-negative', 'a probability is at least 0', rate=-0.25, x=[1], uniforms=[0.5]),
    case('rate-above-one', 'a probability is at most 1', rate=1.25, x=[1], uniforms=[0.5]),
    case('draw-of-one', 'draws end before 1', x=[1], uniforms=[1]),
    case('draw-missing', 'a draw is a number', x=[1], uniforms=[float('nan')]),
])
def dropout_inverted(x, uniforms, rate=mpf(1) / 2, training=True):
    if shape(x) != shape(uniforms):
        raise Refused('shape')
    if not 0 <= rate <= 1 or not all(0 <= u < 1 for u in flat(uniforms)):
        raise Refused('domain')
    if not training:
        return x
    return mapped(lambda value, u: value / (1 - rate) if u >= rate else mp.zero, x, uniforms)
