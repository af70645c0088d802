from mpmath import mp, mpf

from oracle import Refused, case, flat, mapped, oracle, replaced

INF = float('inf')
NAN = float('nan')
FUNCTIONS = {
    'calculus/absolute-value': abs,
    'calculus/cubic': lambda value: value ** 3,
    'calculus/exponential': mp.exp,
    'calculus/quadratic': lambda value: value ** 2,
    'calculus/reciprocal': lambda value: mp.inf if value == 0 else 1 / value,
    'calculus/sine': mp.sin,
}


def of(name, id, why, flags=(), **inputs):
    return case(id, why, flags=flags, function=f'calculus/{name}', **inputs)


@oracle('gradients/numerical-gradient', integers=['function'], cases=[
    of('quadratic', 'integers', 'integers, which a copy of their type would cut', x=[1, 2, 3],
       flags=['notebook']),
    of('quadratic', 'any-step', 'exact for a parabola at any step',
       x=[[1, -3], [0.5, 0]], step=0.5),
    of('cubic', 'cube', 'too large by the square of the step', x=[-2, 0, 1.5], step=0.25),
    of('exponential', 'default-step', 'the step of the default', flags=['notebook'], x=[1]),
    of('exponential', 'small-step', 'a step that loses digits', x=[1, -2], step=2.0 ** -24),
    of('sine', 'far', 'a step of more than a turn', x=[0, 1, -2], step=8),
    of('sine', 'rows', 'the shape is kept', x=[[[0], [0.5]], [[1], [-1]]], step=0.0625),
    of('absolute-value', 'kink', 'the mean of both slopes at a kink', flags=['seam'],
       x=[0, 0.125, -0.125, 1], step=0.25),
    of('reciprocal', 'across-a-pole', 'a step over the pole, where the slope has another sign',
       x=[0.25, 2, -2], step=0.5),
    of('reciprocal', 'at-a-pole', 'a side that is infinite', flags=['edge'], x=[0.5], step=0.5),
    of('quadratic', 'missing', 'missing data is missing in every sum', flags=['special'],
       x=[NAN, 1, 2], step=0.5),
    of('nothing', 'unknown', 'a function that there is not', x=[1]),
    of('quadratic', 'step-zero', 'a step goes somewhere', x=[1], step=0),
    of('quadratic', 'step-infinite', 'a step is finite', x=[1], step=INF),
])
def numerical_gradient(function, x, step=mpf(1e-5)):
    if function not in FUNCTIONS or not 0 < step < INF:
        raise Refused('domain')
    f = FUNCTIONS[function]

    def total(array):
        return mp.fsum(f(value) for value in flat(array))

    def slope(position, value):
        above = total(replaced(x, position, value + step))
        below = total(replaced(x, position, value - step))
        return (above - below) / (2 * step)

    slopes = iter([slope(position, value) for position, value in enumerate(flat(x))])
    return mapped(lambda _: next(slopes), x)
