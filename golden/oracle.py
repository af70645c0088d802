"""What every oracle shares: exact inputs, 50 digits, and files that come out the same each time.

An oracle beside it (losses/huber.py) defines a formula with mpmath and lists the cases to pin.
It receives its arguments as mpmath numbers, in nested lists for arrays, with every double
converted exactly. Run `python3 golden/oracle.py` to write every golden/*/*.json anew, or with
ids (`losses/huber`) to write some.
"""

import importlib.util
import json
import math
import pathlib
import sys

from mpmath import mp, mpf

DIGITS = 50
FOLDER = pathlib.Path(__file__).resolve().parent
ORACLES = {}


class Refused(Exception):
    """Raised by an oracle for inputs that the formula refuses."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def case(id, why, flags=(), strict=False, gradient=True, **inputs):
    """A case to pin. `gradient=False` where the formula has no derivative: a kink, a pole."""
    return {'id': id, 'why': why, 'flags': list(flags), 'strict': strict,
            'gradient': gradient, 'inputs': inputs}


def oracle(formula, cases, differentiable=(), integers=(), constant=()):
    """Registers the decorated function as the oracle of a formula.

    `integers` names arguments that stay Python integers (labels, counts, options);
    `differentiable` names arguments that a gradient is taken for; `constant` names parts of
    the answer that none is taken through. An answer of several parts is a dictionary.
    """
    def register(function):
        def given(**inputs):
            return function(**inputs)
        given.constant = tuple(constant)
        ORACLES[formula] = (given, cases, tuple(differentiable), tuple(integers))
        return function
    return register


# ---- numbers ---------------------------------------------------------------------------

def exactly(value):
    """A double, a list or a word, as mpmath sees it: no rounding happens here."""
    if isinstance(value, dict):
        return {name: exactly(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [exactly(element) for element in value]
    if isinstance(value, bool) or isinstance(value, str):
        return value
    return mpf(value)


def to_double(value):
    """The nearest double, ties to even, subnormals and overflow included."""
    value = mpf(value)
    if mp.isnan(value) or mp.isinf(value):
        return float(value)
    if value == 0:
        return 0.0
    # The logarithm would be rounded, and miss by far where the exponent itself has 300 digits.
    exponent = mp.mag(value) - 1
    if exponent > 1023:
        return math.copysign(math.inf, float(mp.sign(value)))
    spacing = mpf(2) ** (max(exponent, -1022) - 52)
    quotient = value / spacing
    floor = mp.floor(quotient)
    fraction = quotient - floor
    if fraction > mpf(1) / 2 or (fraction == mpf(1) / 2 and int(floor) % 2 == 1):
        floor += 1
    nearest = floor * spacing
    if abs(nearest) >= mpf(2) ** 1024:
        return math.copysign(math.inf, float(mp.sign(value)))
    return float(nearest)


def encoded(value):
    """As the golden files write it: nested lists, words for what JSON lacks."""
    if isinstance(value, dict):
        return {name: encoded(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [encoded(element) for element in value]
    if isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value
    double = value if isinstance(value, float) else to_double(value)
    if math.isnan(double):
        return 'NaN'
    if math.isinf(double):
        return 'Infinity' if double > 0 else '-Infinity'
    if double == 0 and math.copysign(1, double) < 0:
        return '-0'
    return int(double) if double == int(double) and abs(double) < 2 ** 53 else double


# ---- nested lists ----------------------------------------------------------------------

def flat(nested):
    """The numbers of nested lists, in order; of several parts, in the order of their names."""
    if isinstance(nested, dict):
        return [number for name in sorted(nested) for number in flat(nested[name])]
    if isinstance(nested, list):
        return [number for element in nested for number in flat(element)]
    return [nested]


def shape(nested):
    """The lengths of nested lists, outermost first."""
    lengths = []
    while isinstance(nested, list):
        lengths.append(len(nested))
        if not nested:
            break
        nested = nested[0]
    return lengths


def mapped(function, *arrays):
    """The function of each tuple of elements that stand in one place."""
    if isinstance(arrays[0], list):
        return [mapped(function, *elements) for elements in zip(*arrays)]
    return function(*arrays)


def replaced(nested, position, value):
    """The same nested lists with the number at a flat position replaced."""
    count = -1

    def walk(level):
        nonlocal count
        if isinstance(level, list):
            return [walk(element) for element in level]
        count += 1
        return value if count == position else level
    return walk(nested)


def mean(numbers):
    numbers = list(numbers)
    return mp.fsum(numbers) / len(numbers)


def same_shape(*arrays):
    """Refuses arrays that differ in shape, and empty ones."""
    if len({tuple(shape(array)) for array in arrays}) > 1:
        raise Refused('shape')
    if not flat(arrays[0]):
        raise Refused('empty')


def square_matrix(matrix):
    """The length of a side; refuses what is no square matrix, or has no elements."""
    lengths = shape(matrix)
    if len(lengths) != 2:
        raise Refused('shape')
    if not flat(matrix):
        raise Refused('empty')
    if lengths[1] != lengths[0]:
        raise Refused('shape')
    return lengths[0]


# ---- gradients -------------------------------------------------------------------------

def gradient_of(function, inputs, name, cotangent):
    """d(cotangent · output)/d(input), by central differences.

    At a kink the two sides disagree, and the case says gradient=False.
    """
    def weighted(array):
        output = flat_numbers(varying(function, function(**{**inputs, name: array})))
        return mp.fsum(weight * value for weight, value in zip(cotangent, output))

    def slope(position, value):
        step = step_for(value)
        above = weighted(replaced(inputs[name], position, value + step))
        below = weighted(replaced(inputs[name], position, value - step))
        return (above - below) / (2 * step)

    spare = 2 * orders_of_magnitude(inputs)
    derivatives = iter([settled_slope(lambda: slope(position, value), spare)
                        for position, value in enumerate(flat(inputs[name]))])
    return mapped(lambda _: next(derivatives), inputs[name])


def settled_slope(slope, spare):
    """The slope in the least precision that the next one confirms.

    The difference of two values near 1 hides a slope of 10⁻²⁰⁰ from a hundred digits, and shows
    noise where the slope is 0. What twelve hundred digits cannot tell from 0 is 0.
    """
    known = None
    for digits in (2 * DIGITS, 4 * DIGITS, 24 * DIGITS):
        with mp.workdps(digits + spare):
            found = slope()
        if found != 0 and known is not None and abs(found - known) <= abs(found) * mpf(10) ** -20:
            return found
        known = found
    return mp.zero if abs(known) < mpf(2) ** -1140 else known


def orders_of_magnitude(inputs):
    """How far apart the arguments lie, in decimal digits: 1e200 + 1 needs 200 of them.

    Elements share one sum, so the step of the smallest must not vanish beside the largest.
    """
    numbers = [number for argument in inputs.values() for number in flat(argument)
               if isinstance(number, mpf) and mp.isfinite(number) and number != 0]
    exponents = [int(mp.floor(mp.log10(abs(number)))) for number in numbers] + [0]
    return max(exponents) - min(exponents)


def step_for(value):
    """Far below the last digit of a double, and as far above the last that is computed with."""
    return mpf(10) ** -(mp.dps // 4) * (abs(value) if value != 0 else 1)


def cotangent_for(value):
    """1 for a scalar; weights that differ for an array, whose plain sum may be constant."""
    weights = [1, -2, 0.5, 3, -1]
    if isinstance(value, dict):
        return {name: cotangent_for(part) for name, part in value.items()}
    if not isinstance(value, list):
        return 1
    count = iter(range(len(flat(value))))
    return mapped(lambda _: weights[next(count) % len(weights)], value)


def varying(function, value):
    """An answer without the parts that no gradient is taken through."""
    if not isinstance(value, dict):
        return value
    return {name: part for name, part in value.items() if name not in function.constant}


def flat_numbers(value):
    return flat(value) if isinstance(value, (list, dict)) else [value]


# ---- files -----------------------------------------------------------------------------

def exact_inputs(inputs, integers):
    return {name: value if name in integers else exactly(value) for name, value in inputs.items()}


def pinned(entry, function, differentiable, integers):
    """A case with the answer that the oracle gives."""
    record = {'id': entry['id'], 'why': entry['why']}
    if entry['flags']:
        record['flags'] = entry['flags']
    if entry['strict']:
        record['strict'] = True
    record['inputs'] = {name: encoded(value) for name, value in entry['inputs'].items()}
    inputs = exact_inputs(entry['inputs'], integers)
    try:
        value = function(**inputs)
    except Refused as refusal:
        record['error'] = refusal.code
        return record
    record['output'] = encoded(value)
    finite = all(mp.isfinite(number) for name in differentiable for number in flat(inputs[name]))
    if differentiable and entry['gradient'] and finite:
        cotangent = cotangent_for(varying(function, value))
        record['cotangent'] = cotangent
        record['gradient'] = {
            name: encoded(gradient_of(function, inputs, name, flat_numbers(cotangent)))
            for name in differentiable}
    return record


def load(formula):
    path = FOLDER / f'{formula}.py'
    spec = importlib.util.spec_from_file_location(formula.replace('/', '_').replace('-', '_'), path)
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    return ORACLES[formula]


def golden(formula):
    """The text of golden/<formula>.json."""
    function, cases, differentiable, integers = load(formula)
    record = {
        'formula': formula,
        'provenance': {
            'oracle': f'golden/{formula}.py',
            'tool': f'mpmath, {DIGITS} significant digits, rounded once to the nearest double',
        },
        'cases': [pinned(entry, function, differentiable, integers) for entry in cases],
    }
    ids = [entry['id'] for entry in record['cases']]
    assert len(ids) == len(set(ids)), f'{formula}: case ids must be unique, got {ids}'
    return written(record) + '\n'


def written(value, depth=0):
    """JSON with objects spread over lines and lists of plain values on one."""
    pad = ' ' * (depth + 1)
    nested = isinstance(value, list) and any(isinstance(element, dict) for element in value)
    if isinstance(value, dict) and value:
        rows = [f'{pad}{json.dumps(key)}: {written(element, depth + 1)}'
                for key, element in value.items()]
        return '{\n' + ',\n'.join(rows) + '\n' + pad[1:] + '}'
    if nested:
        rows = [pad + written(element, depth + 1) for element in value]
        return '[\n' + ',\n'.join(rows) + '\n' + pad[1:] + ']'
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def formulas():
    chapters = [path for path in FOLDER.iterdir() if path.is_dir()]
    oracles = [path for chapter in chapters for path in chapter.glob('*.py')]
    found = [f'{path.parent.name}/{path.stem}' for path in oracles]
    return sorted(formula for formula in found if not formula.startswith(('kernel/', 'notebooks/')))


def main(wanted, to_stdout=False):
    mp.dps = DIGITS
    for formula in wanted or formulas():
        text = golden(formula)
        if to_stdout:
            sys.stdout.write(json.dumps([formula, text]) + '\n')
        else:
            (FOLDER / f'{formula}.json').write_text(text, encoding='utf-8')


mp.dps = DIGITS
if __name__ == '__main__':
    # The oracles import this file by name; without this line they would fill a second copy.
    sys.modules['oracle'] = sys.modules['__main__']
    sys.path.insert(0, str(FOLDER))
    arguments = sys.argv[1:]
    main([word for word in arguments if word != '--print'], '--print' in arguments)
