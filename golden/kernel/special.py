"""The oracle of the kernel's special functions: exact arguments, correctly rounded values.

    python3 golden/kernel/special.py > golden/kernel/special.json

Needs mpmath. Every value is worked out to 60 digits and rounded once. ±Infinity, NaN and −0 are
strings in the JSON; every other number is a double in its shortest decimal form.
"""

import json
import math
import random
import sys

from mpmath import cosh, erf, erfc, euler, exp, isinf, log, loggamma, log1p, mp, mpf, pi, sinh, sqrt, zeta

mp.dps = 60
INFINITY = math.inf
LARGEST = sys.float_info.max
SMALLEST = 5e-324


def nearest(value):
    """The double nearest to a number, ties to even; mpmath would round subnormals twice."""
    if isinstance(value, float) or isinf(value):
        return float(value)
    sign, mantissa, exponent, _ = mpf(value)._mpf_
    mantissa = int(-mantissa if sign else mantissa)
    magnitude = mantissa.bit_length() + exponent
    if magnitude < -1075 or magnitude > 1024:
        return math.copysign(0.0 if magnitude < 0 else INFINITY, mantissa)
    try:
        # The quotient of two integers is the one division that Python rounds right everywhere.
        return mantissa / (1 << -exponent) if exponent < 0 else float(mantissa << exponent)
    except OverflowError:
        return math.copysign(INFINITY, mantissa)


def complementary_erf(x):
    # mpmath cannot do far arguments, and no double can tell their values from the limits.
    return mpf(0 if x > 0 else 2) if abs(x) > 100 else erfc(x)


def normal_cdf(x):
    return complementary_erf(-x / sqrt(mpf(2))) / 2


def normal_pdf(x):
    return exp(-x * x / 2) / sqrt(2 * pi)


def log_factorial(k):
    # Below 1e-30 the two terms are exact to 60 digits, and 1 + k is not.
    return -euler * k + zeta(2) * k * k / 2 if abs(k) < mpf("1e-30") else loggamma(1 + k)


def softplus(x):
    return x + log1p(exp(-x)) if x > 0 else log1p(exp(x))


def log_cosh(x):
    x = abs(x)
    return x - log(mpf(2)) + log1p(exp(-2 * x)) if x > 50 else log1p(2 * sinh(x / 2) ** 2)


def logistic(x):
    return 1 / (1 + exp(-x)) if x > 0 else exp(x) / (1 + exp(x))


def sech_squared(x):
    return 4 * exp(-2 * abs(x)) / (1 + exp(-2 * abs(x))) ** 2


class Function:
    """What it computes; where it is interesting, where it changes its method, what it has seen last."""

    def __init__(self, exact, low, high, switches, at_infinities, at_zeros=None, positive=False):
        self.exact, self.low, self.high, self.switches = exact, low, high, switches
        self.positive = positive
        self.special = {-INFINITY: at_infinities[0], INFINITY: at_infinities[1]}
        self.at_zeros = at_zeros  # what +0 and −0 give, where the sign of zero is kept

    def __call__(self, x):
        if math.isnan(x):
            return math.nan
        if x in self.special:
            return self.special[x]
        if x == 0 and self.at_zeros is not None:
            return self.at_zeros[0 if math.copysign(1, x) > 0 else 1]
        return nearest(self.exact(mpf(x)))


FUNCTIONS = {
    "erf": Function(erf, -6.5, 6.5, [0.5, 6], (-1.0, 1.0), (0.0, -0.0)),
    "erfc": Function(complementary_erf, -6.5, 28, [0.46875, 0.5, 6, 26.54, 27.2, 28], (2.0, 0.0)),
    "normalCdf": Function(normal_cdf, -39, 9, [0.46875 * math.sqrt(2), 37.5, 38.4, 39], (0.0, 1.0)),
    "normalPdf": Function(normal_pdf, -39, 39, [37.5, 38.5, 39], (0.0, 0.0)),
    "logGamma": Function(
        loggamma, 0, 12, [0.25, 0.7116127962458428, 0.75, 1, 1.25, 1.4616321449683623, 1.75, 2, 2.5, 3.5, 8, 1e17, 2.556e305],
        (math.nan, INFINITY), (INFINITY, INFINITY), positive=True),
    "logFactorial": Function(
        log_factorial, 0, 12, [0.25, 0.4616321449683623, 0.75, 1, 1.5, 2.5, 7, 1e17, 2.556e305],
        (math.nan, INFINITY), (0.0, 0.0), positive=True),
    "logistic": Function(logistic, -746, 40, [36.7, 708.4, 741, 745.1], (0.0, 1.0)),
    "softplus": Function(softplus, -746, 40, [36.7, 708.4, 741, 745.1], (0.0, INFINITY)),
    "logCosh": Function(log_cosh, -4, 4, [0.34657359027997264, 1, 18], (INFINITY, INFINITY), (0.0, 0.0)),
    "sechSquared": Function(sech_squared, -373, 373, [0.5, 354, 372.5, 380], (0.0, 0.0)),
}

# The platform's own functions, which the kernel passes on: measured, not pinned.
ELEMENTARY = {
    "exp": Function(exp, -746, 710, [], (0.0, INFINITY)),
    "expm1": Function(mp.expm1, -40, 710, [0.34657359027997264], (-1.0, INFINITY), (0.0, -0.0)),
    "log": Function(log, 0.1, 10, [1], (math.nan, INFINITY), (-INFINITY, -INFINITY), positive=True),
    "log1p": Function(lambda x: mp.log1p(x), -1, 10, [0.41421356237309503], (math.nan, INFINITY), (0.0, -0.0)),
    "tanh": Function(mp.tanh, -22, 22, [1], (-1.0, 1.0), (0.0, -0.0)),
    "sin": Function(mp.sin, -10, 10, [], (math.nan, math.nan), (0.0, -0.0)),
    "cos": Function(mp.cos, -10, 10, [], (math.nan, math.nan), (1.0, 1.0)),
    "atan": Function(mp.atan, -10, 10, [1], (-math.pi / 2, math.pi / 2), (0.0, -0.0)),
}


def arguments(function, count, seed):
    """Near the switches; evenly over the interesting range, its middle, and all sizes."""
    draws = random.Random(seed)
    special = [0.0, -0.0, SMALLEST, 2.0**-1022, 1.0, LARGEST]
    points = special + ([] if function.positive else [-x for x in special[2:]])
    for switch in function.switches:
        below, above = math.nextafter(switch, -INFINITY), math.nextafter(switch, INFINITY)
        points += [below, switch, above] + ([] if function.positive else [-below, -switch, -above])
    middle_low, middle_high = max(function.low, -3), min(function.high, 3)
    for _ in range((count - len(points)) // 4):
        points.append(draws.uniform(function.low, function.high))
        points.append(draws.uniform(middle_low, middle_high))
        sign = 1 if function.positive else draws.choice([1, -1])
        points.append(sign * 2.0 ** draws.uniform(-60, 12))
        points.append(sign * 2.0 ** draws.uniform(-1074, 1023.9))
    return [x for x in points if not (function is ELEMENTARY["log1p"] and x <= -1)]


def log_sum_exp(elements):
    largest = max(mpf(x) for x in elements)
    at = next(i for i, x in enumerate(elements) if x == largest)
    others = sum(exp(mpf(x) - largest) for i, x in enumerate(elements) if i != at)
    return nearest(largest + log1p(others))


def slices():
    """What logSumExp adds: spread and equal elements, sums near 1, shifts, lone giants."""
    draws = random.Random("slices")
    yield from ([0.0], [-0.5], [1000.0, 1000.0], [-1000.0, -1000.5, -2000.0], [0.0, -40.0], [0.0, -800.0])
    yield from ([LARGEST, LARGEST], [-LARGEST, LARGEST], [1e-300, -700.0], [-1e-13, -30.0])
    for length in (2, 3, 8, 64, 300):
        for spread in (1e-8, 1, 30, 800):
            shift = draws.choice([0, 1e5, -1e5])
            yield [shift + spread * draws.uniform(-1, 1) for _ in range(length)]
    for length in (2, 5, 50):  # logarithms of probabilities, whose sum is next to 1
        weights = [draws.random() for _ in range(length)]
        yield [math.log(weight / sum(weights)) for weight in weights]


def plain(value):
    """A double as JSON can carry it."""
    if math.isfinite(value):
        return "-0" if value == 0 and math.copysign(1, value) < 0 else value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def golden(name, function):
    points = arguments(function, 400, name) + [INFINITY, math.nan]
    points += [-1.0, -INFINITY] if function.positive else [-INFINITY]
    values = [math.nan if function.positive and x < 0 else function(x) for x in points]
    return {"arguments": [plain(x) for x in points], "values": [plain(y) for y in values]}


if __name__ == "__main__":
    document = {name: golden(name, function) for name, function in FUNCTIONS.items()}
    lists = list(slices())
    document["logSumExp"] = {"arguments": lists, "values": [plain(log_sum_exp(x)) for x in lists]}
    lines = [f"{json.dumps(name)}: {json.dumps(table)}" for name, table in document.items()]
    print("{\n" + ",\n".join(lines) + "\n}")
