"""Lets Touchstone judge an implementation written in Python.

    import numpy as np
    from touchstone import formula, gradient, serve

    @formula("losses/huber")
    def huber(prediction, target, delta=1.0):
        error = np.abs(prediction - target)
        return np.where(error <= delta, 0.5 * error**2, delta * (error - 0.5 * delta)).mean()

    @gradient("losses/huber")
    def huber_gradient(prediction, target, delta=1.0, cotangent=1.0):
        error = np.clip(prediction - target, -delta, delta)
        return {"prediction": cotangent * error / error.size}

    serve(name="my-library", version="1.0")

and then: touchstone check --command "python3 adapter.py"

Arguments come by name, as the catalogue names them: arrays as NumPy arrays in the format that
is judged (bfloat16, which NumPy does not have, as float32), hyper-parameters as numbers. An
exception refuses the inputs. What is printed goes to standard error: standard output belongs
to the protocol.

This file needs Python 3.9 and NumPy, and may be copied.
"""

import base64
import json
import math
import os
import sys

import numpy as np

PROTOCOL_VERSION = 1

_formulas = {}
_gradients = {}


def formula(identifier):
    """Offers a function as a formula: `losses/huber`. It returns a number or an array."""
    return _register(_formulas, identifier)


def gradient(identifier):
    """Offers a function as the gradient of a formula: its vector-Jacobian product.

    It takes the arguments of the formula and `cotangent`, of the shape of the formula's
    output, and returns a dictionary with an array for each differentiable argument.
    """
    return _register(_gradients, identifier)


def _register(functions, identifier):
    def register(function):
        functions[identifier] = function
        return function

    return register


def serve(name, version="unversioned", dtypes=("float64",), variants=None, language="Python"):
    """Answers questions until the suite has no more.

    `dtypes` are the formats that the library computes in, the first its own choice; `variants`
    are the conventions it follows, by formula.
    """
    answers = {
        "initialize": lambda _: {
            "protocolVersion": PROTOCOL_VERSION,
            "name": name,
            "version": version,
            "language": language,
            "dtypes": list(dtypes),
            "formulas": list(_formulas),
            "gradients": list(_gradients),
            "variants": dict(variants or {}),
            "encoding": "base64",
        },
        "echo": _echo,
        "evaluate": lambda params: {"outcomes": [_evaluate(call) for call in params["calls"]]},
    }
    questions, replies = _take_streams()
    for line in questions:
        question = json.loads(line)
        reply = {"jsonrpc": "2.0", "id": question["id"]}
        if question["method"] == "shutdown":
            reply["result"] = None
        elif question["method"] in answers:
            reply["result"] = answers[question["method"]](question["params"])
        else:
            reply["error"] = {"code": -32601, "message": f"no method {question['method']}"}
        replies.write(json.dumps(reply, separators=(",", ":"), allow_nan=False).encode() + b"\n")
        replies.flush()
        if question["method"] == "shutdown":
            return


def _take_streams():
    """The protocol's streams, out of reach of code that prints or reads, in any language."""
    questions = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return questions, replies


def _evaluate(call):
    functions = _formulas if call["operation"] == "value" else _gradients
    sent = dict(call["inputs"])
    if "cotangent" in call:
        sent["cotangent"] = call["cotangent"]
    given = {key: _decode(value) for key, value in sent.items()}
    if call["formula"] not in functions:
        return {"error": f"the {call['operation']} of {call['formula']} is not offered"}
    outcome = _outcome(functions[call["formula"]], given, call["operation"])
    changed = [key for key, value in sent.items() if not _is_unchanged(given[key], value)]
    if changed:
        outcome["changed"] = changed
    return outcome


def _outcome(function, given, operation):
    try:
        answer = function(**given)
    except Exception as error:  # Refusing the inputs is an answer; which exception says it is not.
        return {"error": f"{type(error).__name__}: {error}"}
    if operation == "value":
        return {"value": _encode(answer)}
    if not isinstance(answer, dict):
        return {"gradient": _describe(answer)}
    return {"gradient": {str(key): _encode(value) for key, value in answer.items()}}


def _echo(params):
    return {
        "array": _encode(_decode(params["array"]), params["array"]["dtype"]),
        "numbers": [_encode(_decode(number)) for number in params["numbers"]],
    }


_WORDS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf, "-0": -0.0}
_FORMATS = {"float64": "<f8", "float32": "<f4", "float16": "<f2", "bfloat16": "<u2"}


def _decode(value):
    """The argument that a JSON value stands for."""
    if isinstance(value, dict):
        return _decode_array(value).copy()
    if isinstance(value, str):
        return _WORDS.get(value, value)
    return value


def _decode_array(value):
    array = np.frombuffer(base64.b64decode(value["data"]), _FORMATS[value["dtype"]])
    if value["dtype"] == "bfloat16":
        # The upper half of a float32.
        array = (array.astype("<u4") << 16).view("<f4")
    return array.reshape(value["shape"])


def _is_unchanged(given, sent):
    """True while an argument is, bit by bit, what was sent; a number cannot be changed."""
    if not isinstance(sent, dict):
        return True
    original = _decode_array(sent)
    return given.shape == original.shape and given.tobytes() == original.tobytes()


def _encode(answer, dtype=None):
    """An answer as a JSON value: a number, or an array."""
    try:
        array = np.asarray(answer)
    except Exception:  # Ragged lists, and whatever else NumPy does not take for an array.
        return _describe(answer)
    if array.dtype.kind not in "fiub":
        return _describe(answer)
    if array.ndim == 0:
        return _encode_number(float(array))
    if dtype == "bfloat16":
        array = (array.view("<u4") >> 16).astype("<u2")
    else:
        dtype = {2: "float16", 4: "float32"}.get(array.dtype.itemsize, "float64")
        if array.dtype.kind != "f":
            dtype = "float64"
        array = array.astype(_FORMATS[dtype], copy=False)
    return {
        "dtype": dtype,
        "shape": array.shape,
        "data": base64.b64encode(array.tobytes()).decode("ascii"),
    }


def _encode_number(number):
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == 0 and math.copysign(1, number) < 0:
        return "-0"
    return number


def _describe(answer):
    """What is neither a number nor an array is sent as a text, which the suite reports as malformed."""
    return f"{type(answer).__name__} {answer!r}"[:200]
