"""The polynomial coefficients of src/kernel: prints each table with the error it leaves.

Every polynomial interpolates its function at the Chebyshev points of the interval, worked out
to 60 digits, so its error is within a small factor of the least possible; then the
coefficients are rounded to doubles. Errors are relative, and those of the rounded coefficients.

    python3 golden/kernel/coefficients.py
"""

from mpmath import cos, cosh, erf, erfc, exp, floor, log, loggamma, lu_solve, matrix, mp, mpf, pi, polyval, sqrt

mp.dps = 60


def interpolate(function, low, high, degree):
    """The coefficients of the interpolating polynomial, lowest power first, unrounded."""
    middle, radius = (mpf(low) + high) / 2, (mpf(high) - low) / 2
    nodes = [middle + radius * cos(pi * (2 * i + 1) / (2 * degree + 2)) for i in range(degree + 1)]
    powers = matrix([[node**j for j in range(degree + 1)] for node in nodes])
    return list(lu_solve(powers, matrix([function(node) for node in nodes])))


def worst(function, low, high, coefficients):
    """The largest relative error of the polynomial over 400 points of the interval."""
    points = [low + (mpf(high) - low) * (2 * i + 1) / 800 for i in range(400)]
    exact = [(function(point), polyval([mpf(c) for c in reversed(coefficients)], point)) for point in points]
    return max(abs(got / right - 1) for right, got in exact)


def erf_excess(square):
    """erf(x)/x − 1 in x²."""
    x = sqrt(square)
    return erf(x) / x - 1


def scaled_erfc(q, centre=4):
    """(1 + 2x)·exp(x²)·erfc(x) in q = (x − 4)/(x + 4)."""
    x = centre * (1 + q) / (1 - q)
    if x > 1e6:  # exp(x²) overflows any working precision; the first terms say it all here
        return (1 + 2 * x) / (x * sqrt(pi)) * (1 - 1 / (2 * x * x) + 3 / (4 * x**4) - 15 / (8 * x**6))
    return (1 + 2 * x) * exp(x * x) * erfc(x)


def log_gamma_near_1(e):
    """ln Γ(1 + e)/e."""
    return loggamma(1 + e) / e


def log_gamma_from_three_halves(e):
    """ln Γ(3/2 + e)."""
    return loggamma(mpf(1.5) + e)


def log_gamma_near_2(e):
    """ln Γ(2 + e)/e."""
    return loggamma(2 + e) / e


def log_cosh_over_square(square):
    """ln cosh(x)/x² in x²."""
    return log(cosh(sqrt(square))) / square


FITS = [
    (erf_excess, 0, 0.25, 9),
    (scaled_erfc, mpf(0.46875 - 4) / (0.46875 + 4), 1, 24),
    (log_gamma_near_1, -0.25, 0.25, 17),
    (log_gamma_from_three_halves, -0.25, 0.25, 16),
    (log_gamma_near_2, -0.25, 0.5, 16),
    (log_cosh_over_square, 0, 1, 16),
]

CONSTANTS = {
    "ln 2": log(2),
    "1/sqrt(2 pi)": 1 / sqrt(2 * pi),
    "1/sqrt 2": 1 / sqrt(mpf(2)),
    "2/sqrt pi": 2 / sqrt(pi),
    "(1 + ln 2 pi)/2": (1 + log(2 * pi)) / 2,
    "ln 2 beyond its first 32 bits": log(2) - floor(log(2) * 2**32) / 2**32,
}

if __name__ == "__main__":
    for function, low, high, degree in FITS:
        exact = interpolate(function, low, high, degree)
        rounded = [float(c) for c in exact]
        first_rest = float(exact[0] - rounded[0])
        parts = [rounded[0] + mpf(first_rest), *rounded[1:]]
        error = worst(function, low, high, parts)
        print(f"{function.__doc__} on [{float(low)}, {high}]: degree {degree}, error 2^{float(log(error, 2)):.1f}")
        print(f"  the first in two parts: {rounded[0]!r} + {first_rest!r}")
        print("  " + ",\n  ".join(repr(c) for c in rounded[1:]))
    for name, value in CONSTANTS.items():
        print(f"{name}: {float(value)!r} + {float(value - float(value))!r}")
