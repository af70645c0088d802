"""Answers questions by the oracles, with far more digits than a double has, so that an error
below a unit in the last place can be measured.

    python3 golden/evaluate.py < QUESTIONS > ANSWERS

A question is a line of JSON: {"formula", "inputs"}, for a gradient also "cotangent". Numbers
are doubles, taken exactly; NaN, Infinity, -Infinity and -0 are words. The answer is a line: a
flat list for a value, flat lists by input for a gradient, {"refused": code} for inputs that the
formula refuses. A number is [double, rest]: the nearest double, and how far the exact number
lies above it, as a multiple of the gap between doubles there. null stands where a gradient has
no number: at a kink, a pole, the edge of the domain.
"""

import json
import sys

from mpmath import mp, mpf

import oracle

NEGLIGIBLE = mpf(2) ** -1140


class Unsettled(Exception):
    """No two precisions agree."""


def settled(inputs, compute):
    """What the computation gives in the least precision that the next one confirms.

    A definition may cancel: 1 − p at p = 10⁻³⁰⁰, or ln(1 + eˣ) at x = −700, are 1 and 0 to 50
    digits and to 100. So the second precision sees all that doubles can hide, the third all
    that their products can. What is still 0 to the fourth is 0.
    """
    spare = hidden(inputs)
    known = None
    for digits in (oracle.DIGITS, oracle.DIGITS + spare, 100 + 2 * spare, 1000 + 4 * spare):
        with mp.workdps(digits):
            numbers = compute()
        if known is not None and all(
                agree(a, b) or (digits >= 1000 and b is not None and abs(b) < NEGLIGIBLE)
                for a, b in zip(known, numbers)):
            return numbers
        known = numbers
    raise Unsettled(inputs)


def hidden(inputs):
    """How many digits lie between 1 and the squares of the inputs, eˣ, or e^(−x²/2)."""
    numbers = [abs(number) for value in inputs.values() for number in oracle.flat(value)
               if isinstance(number, (mpf, float)) and mp.isfinite(number) and number != 0]
    exponentials = [min(max(0.87 * x, 0.25 * x * x), 660) for x in map(float, numbers)]
    powers = [abs(mp.mag(number)) * 0.604 for number in numbers]
    return 20 + int(max(exponentials + powers, default=0))


def agree(rough, fine):
    if rough is None or fine is None:
        return rough is fine
    if not mp.isfinite(fine) or not mp.isfinite(rough):
        return rough == fine or (mp.isnan(rough) and mp.isnan(fine))
    return abs(rough - fine) <= abs(fine) * mpf(10) ** -20 + NEGLIGIBLE


# ---- derivatives -----------------------------------------------------------------------

def gradient(function, inputs, name, cotangent):
    """Derivatives as oracle.gradient_of takes them, and None where the two sides disagree."""
    def outputs(array):
        value = oracle.varying(function, function(**{**inputs, name: array}))
        return [mpf(number) for number in oracle.flat_numbers(value)]

    with mp.workdps(mp.dps + oracle.DIGITS):
        middle = outputs(inputs[name])
        if any(abs(number) >= mpf(2) ** 1024 for number in middle):
            # Beside e^(10³⁰⁰) a sum has no digits left for its other terms.
            return [None for _ in oracle.flat(inputs[name])]
        return [slope(lambda moved: outputs(oracle.replaced(inputs[name], position, moved)),
                      middle, value, cotangent)
                for position, value in enumerate(oracle.flat(inputs[name]))]


def slope(outputs, middle, value, cotangent):
    # Below 1 even beside a huge element, whose exponential has a scale of 1.
    step = min(oracle.step_for(value), oracle.step_for(1))
    try:
        bend, central = sides(outputs, middle, value, step, cotangent)
        noise = mpf(10) ** (oracle.DIGITS - mp.dps)
        # A bend that is curvature shrinks with the step; a kink's stays.
        if bend > abs(central) * mpf(10) ** -9 and bend > noise:
            rough = central
            smaller, central = sides(outputs, middle, value, step * mpf(10) ** -5, cotangent)
            if smaller > bend * mpf(10) ** -4:
                return None
            # What shrinks with the square of the step is the third derivative: a stationary point.
            if abs(central) < abs(rough) * mpf(10) ** -8:
                return mp.zero
    except (oracle.Refused, ZeroDivisionError, TypeError):
        # Outside of its domain, a definition divides by 0 or is complex.
        return None
    return central if mp.isfinite(central) else None


def sides(outputs, middle, value, step, cotangent):
    """How much the slopes of the two sides differ, and their mean."""
    moved = list(zip(cotangent, outputs(value + step), middle, outputs(value - step)))
    bend = mp.fsum(abs(weight * (above - 2 * level + below))
                   for weight, above, level, below in moved)
    rise = mp.fsum(weight * (above - below) for weight, above, _, below in moved)
    return bend / step, rise / (2 * step)


# ---- questions and answers -------------------------------------------------------------

def decoded(value, integer):
    """An argument as an oracle takes it."""
    if isinstance(value, dict):
        return {name: decoded(part, integer) for name, part in value.items()}
    if isinstance(value, list):
        return [decoded(element, integer) for element in value]
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return mpf(WORDS[value]) if value in WORDS else value
    return int(value) if integer else mpf(value)


WORDS = {'NaN': float('nan'), 'Infinity': float('inf'), '-Infinity': float('-inf'), '-0': -0.0}


def encoded(number):
    if number is None:
        return None
    nearest = oracle.to_double(number)
    if nearest != nearest or nearest in (float('inf'), float('-inf')):
        return [oracle.encoded(nearest), 0]
    gap = mpf(2) ** max((mp.mag(nearest) if nearest else -1074) - 53, -1074)
    return [nearest, float(mp.nstr((number - mpf(nearest)) / gap, 15))]


def in_parts(value, numbers):
    """The numbers of a value: one list, or a list for each part, `gradients.bias` inside one."""
    if not isinstance(value, dict):
        return [next(numbers) for _ in oracle.flat_numbers(value)]
    parts = {}
    for name in sorted(value):
        part = in_parts(value[name], numbers)
        if isinstance(part, dict):
            parts.update({f'{name}.{inner}': those for inner, those in part.items()})
        else:
            parts[name] = part
    return parts


def answer(question):
    function, _, differentiable, integers = oracle.ORACLES[question['formula']]
    inputs = {name: decoded(value, name in integers)
              for name, value in question['inputs'].items()}
    try:
        if 'cotangent' not in question:
            numbers = [encoded(mpf(number)) for number in settled(
                inputs, lambda: [mpf(n) for n in oracle.flat_numbers(function(**inputs))])]
            return in_parts(function(**inputs), iter(numbers))
        cotangent = oracle.flat_numbers(decoded(question['cotangent'], False))
        return {name: [encoded(number) for number in settled(
            inputs, lambda: gradient(function, inputs, name, cotangent))] for name in differentiable}
    except oracle.Refused as refusal:
        return {'refused': refusal.code}


if __name__ == '__main__':
    for line in sys.stdin:
        # JavaScript writes large doubles with the digits of an integer that they are not.
        asked = json.loads(line, parse_int=float)
        if asked['formula'] not in oracle.ORACLES:
            oracle.load(asked['formula'])
        with mp.workdps(oracle.DIGITS):
            print(json.dumps(answer(asked)), flush=False)
