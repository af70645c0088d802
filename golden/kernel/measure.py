"""Measures the worst error of the kernel's functions, in units in the last place.

    python3 golden/kernel/measure.py [COUNT] [FUNCTION…]

An error is |got − exact| as a multiple of the gap between doubles at the exact value.
The docstrings of src/kernel quote the figures of 100,000 arguments.
"""

import math
import pathlib
import struct
import subprocess
import sys

from mpmath import isinf, mp, mpf

from special import ELEMENTARY, FUNCTIONS, LARGEST, arguments

HERE = pathlib.Path(__file__).parent
mp.dps = 50


def evaluate(name, points):
    command = ["node", "--import", "tsx", str(HERE / "evaluate.ts"), name]
    packed = struct.pack(f"<{len(points)}d", *points)
    answer = subprocess.run(command, input=packed, stdout=subprocess.PIPE, check=True).stdout
    return struct.unpack(f"<{len(points)}d", answer)


def error(exact, got):
    if abs(exact) > LARGEST:
        return 0 if math.isinf(got) or abs(got) == LARGEST else math.inf
    if not math.isfinite(got):
        return math.inf
    binade = mp.mag(exact) - 1 if exact else -1074
    return float(abs(exact - mpf(got)) / mpf(2) ** max(binade - 52, -1074))


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    functions = {**FUNCTIONS, **ELEMENTARY}
    for name in sys.argv[2:] or functions:
        function = functions[name]
        points = [x for x in arguments(function, count, f"measure {name}") if x != 0]
        got = evaluate(name, points)
        errors = [(error(function.exact(mpf(x)), y), x) for x, y in zip(points, got)]
        errors.sort(reverse=True)
        print(f"{name}: {errors[0][0]:.3f} ulp at {errors[0][1]!r}, then at {[x for _, x in errors[1:5]]}", flush=True)
