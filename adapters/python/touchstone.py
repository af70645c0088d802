"""Lets Touchstone judge an implementation written in Python.

    import numpy as np
    from touchstone import formula, gradient, sample, serve

    @formula("losses/huber")
    def huber(prediction, target, delta=1.0):
        error = np.abs(prediction - target)
        return np.where(error <= delta, 0.5 * error**2, delta * (error - 0.5 * delta)).mean()

    @gradient("losses/huber")
    def huber_gradient(prediction, target, delta=1.0, cotangent=1.0):
        error = np.clip(prediction - target, -delta, delta)
        return {"prediction": cotangent * error / error.size}

    @sample("initialisers/xavier-uniform")
    def xavier_uniform(shape):
        limit = np.sqrt(6 / sum(shape))
        return np.random.default_rng().uniform(-limit, limit, shape)

    serve(name="my-library", version="1.0")

and then: touchstone check --command "python3 adapter.py"

Arguments come by name, as the catalogue names them, and what is left out does not come:

- arrays as NumPy arrays in the format that is judged (bfloat16, which NumPy does not have, as
  float32), masks and labels too: a mask is an array of 0 and 1 of that same format;
- hyper-parameters as numbers, words as str, truth values as bool;
- several arrays in one argument as a dict, the shape of what is to be drawn as a tuple of int;
- a function as what was offered here under its id: `function(x)`, an array in, an array out.

An answer is a number, an array, or a dict of parts, each a number, an array or a dict of arrays.
An exception refuses the inputs. What is printed goes to standard error: standard output belongs
to the protocol.

This file needs Python 3.9 and NumPy, and may be copied.
"""

import binascii
import json
import math
import os
import struct
import sys

import numpy as np

PROTOCOL_VERSION = 1

_formulas = {}
_gradients = {}
_samples = {}


def formula(identifier):
    """Offers a function as a formula: `losses/huber`. It returns a number, an array or parts."""
    return _register(_formulas, identifier)


def gradient(identifier):
    """Offers a function as the gradient of a formula: its vector-Jacobian product.

    It takes the arguments of the formula and `cotangent`, of the shape of the formula's
    output (of several parts, a dictionary), and returns a dictionary with an array for each
    differentiable argument.
    """
    return _register(_gradients, identifier)


def sample(identifier):
    """Offers a function that draws for itself: `initialisers/xavier-uniform`.

    It is not given the draws that the formula takes, but what `touchstone show` says of samples,
    and returns what the formula does.

    It draws anew at each call. An initialiser of Keras, from 2.10 on, gives the same values each
    time one instance is called (LeelaChessZero/lc0#1883, keras-team/tf-keras#432): build a new
    instance for each call.
    """
    return _register(_samples, identifier)


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
            "samples": list(_samples),
            "variants": dict(variants or {}),
            "encoding": "packed",
        },
        "echo": _echo,
        "evaluate": _evaluate,
    }
    encode = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode
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
        replies.write(encode(reply).encode() + b"\n")
        replies.flush()
        if question["method"] == "shutdown":
            return


# A message of ordinary calls takes tens of kilobytes: it is read at once.
_READ_AHEAD = 2**18


def _take_streams():
    """The protocol's streams, out of reach of code that prints or reads, in any language."""
    questions = os.fdopen(os.dup(0), "rb", _READ_AHEAD)
    replies = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return questions, replies


# ---- messages ---------------------------------------------------------------------------
#
# The arrays of a message lie in one buffer, and stand in its calls as [offset, *shape]. The calls
# are given views of it: to see whether any of them changed its arguments, the whole is compared
# once.


def _evaluate(params):
    sent, form = _received(params)
    buffer = bytearray(sent)
    view = _viewer(buffer, form)
    add, close = _answers()
    outcomes = [_outcome(call, view, add) for call in params["calls"]]
    if buffer != sent:
        _note_changes(params["calls"], outcomes, buffer, sent, form.itemsize)
    return {"outcomes": outcomes, **close()}


def _echo(params):
    sent, form = _received(params)
    view = _viewer(sent, form)
    add, close = _answers()
    array = add(_argument(params["array"], view))
    numbers = [add(_argument(number, view)) for number in params["numbers"]]
    return {"array": array, "numbers": numbers, **close()}


_FORMATS = {
    "float64": np.dtype("<f8"),
    "float32": np.dtype("<f4"),
    "float16": np.dtype("<f2"),
    "bfloat16": np.dtype("<f4"),
}


def _received(params):
    """The elements of a message as bytes, and their format."""
    sent = binascii.a2b_base64(params["data"])
    if params["dtype"] == "bfloat16":
        # The upper half of a float32.
        sent = (np.frombuffer(sent, "<u2").astype("<u4") << 16).tobytes()
    return sent, _FORMATS[params["dtype"]]


def _viewer(buffer, form):
    """Gives the array at a place, `[offset, *shape]`, as a view of the buffer."""
    elements = np.frombuffer(buffer, form)

    def view(place):
        start = place[0]
        if len(place) == 2:
            return elements[start : start + place[1]]
        return np.ndarray(place[1:], form, buffer, start * form.itemsize)

    return view


_OPERATIONS = {"value": _formulas, "gradient": _gradients, "sample": _samples}


def _outcome(call, view, add):
    """What came of one call."""
    operation = call["operation"]
    function = _OPERATIONS[operation].get(call["formula"])
    if function is None:
        return {"malformed": f"the {operation} of {call['formula']} is not offered"}
    try:
        given = {name: _argument(value, view) for name, value in call["inputs"].items()}
        if "cotangent" in call:
            given["cotangent"] = _argument(call["cotangent"], view)
        answer = function(**given)
    except _Unsupported as error:
        return {"error": f"unsupported: {error}"}
    except Exception as error:  # Refusing the inputs is an answer; which exception says it is not.
        return {"error": f"{type(error).__name__}: {error}"}
    try:
        if operation == "gradient":
            return {"gradient": _gradient(answer, add)}
        return {"value": _value(answer, add)}
    except _Malformed as error:
        return {"malformed": str(error)}


class _Unsupported(Exception):
    """A call needs a function that is not offered."""


class _Malformed(Exception):
    """An answer is nothing that the suite can judge."""


_WORDS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf, "-0": -0.0}


def _argument(value, view):
    """The argument that a JSON value stands for."""
    kind = type(value)
    if kind is float:
        return value
    if kind is list:
        return tuple(value[0]) if type(value[0]) is list else view(value)
    if kind is str:
        return _WORDS[value] if value in _WORDS else _word(value)
    if kind is dict:
        return {name: _argument(entry, view) for name, entry in value.items()}
    # JSON writes 1e20 as a whole number, which fits no format of NumPy.
    return float(value) if kind is int and abs(value) > 2**53 else value


def _word(word):
    """A word; or, if it is the id of a function, what is offered under that id."""
    if not word.startswith("calculus/"):
        return word
    if word not in _formulas:
        raise _Unsupported(f"the argument {word} is a function that the subject does not offer")
    return _formulas[word]


def _note_changes(calls, outcomes, buffer, sent, width):
    """Adds to the outcomes the names of the arguments that no longer are, bit by bit, what was sent."""

    def is_changed(value):
        if isinstance(value, dict):
            return any(is_changed(entry) for entry in value.values())
        if not isinstance(value, list) or isinstance(value[0], list):
            return False
        start, *shape = value
        place = slice(width * start, width * (start + math.prod(shape)))
        return buffer[place] != sent[place]

    for call, outcome in zip(calls, outcomes):
        arguments = {**call["inputs"], "cotangent": call.get("cotangent")}
        changed = [name for name, value in arguments.items() if is_changed(value)]
        if changed:
            outcome["changed"] = changed


# ---- answers ----------------------------------------------------------------------------


def _answers():
    """Collects answers: `add` says where one lies, `close` gives the bytes of all."""
    pieces = []
    widths = []
    end = 0

    def add(answer):
        nonlocal end
        start = end
        if isinstance(answer, float):
            pieces.append(_pack_float(answer))
            widths.append(8)
            end += 1
            return [start]
        array = _array(answer)
        # Copied at once: a library may use the memory of its answers again.
        pieces.append(array.tobytes())
        widths.append(array.itemsize)
        end += array.size
        return [start, *array.shape]

    def close():
        widest = max(widths, default=8)
        data = b"".join(_widened(piece, width, widest) for piece, width in zip(pieces, widths))
        text = binascii.b2a_base64(data, newline=False).decode("ascii")
        return {"dtype": f"float{8 * widest}", "data": text}

    return add, close


_pack_float = struct.Struct("<d").pack


def _widened(piece, width, widest):
    """Floats of one format in a wider one, which holds them exactly."""
    if width == widest:
        return piece
    return np.frombuffer(piece, f"<f{width}").astype(f"<f{widest}").tobytes()


_FLOATS = set(_FORMATS.values())


def _array(answer):
    """An answer as an array of floats; integers and truth values become float64."""
    if type(answer) is np.ndarray and answer.dtype in _FLOATS:
        return answer
    try:
        array = np.asarray(answer)
    except Exception:  # Ragged lists, and whatever else NumPy does not take for an array.
        raise _Malformed(f"must be a number or an array, got {_describe(answer)}") from None
    if array.dtype.kind not in "fiub":
        raise _Malformed(f"must be a number or an array, got {_describe(answer)}")
    if array.dtype in _FLOATS:
        return array
    narrow = array.dtype.kind == "f" and array.itemsize < 8
    return array.astype(f"<f{array.itemsize}" if narrow else "<f8")


def _value(answer, add):
    """Where an answer lies: a number, an array, or parts by name."""
    if isinstance(answer, dict):
        return _each(answer, "part", lambda part: _part(part, add))
    return _named("answer", add, answer)


def _part(part, add):
    if isinstance(part, dict):
        return _each(part, "array", add)
    return add(part)


def _gradient(answer, add):
    if not isinstance(answer, dict):
        raise _Malformed(
            f"gradient must be a dictionary of arrays by argument, got {_describe(answer)}"
        )
    return _each(answer, "gradient of", add)


def _each(answers, what, add):
    return {str(name): _named(f"{what} {name}:", add, entry) for name, entry in answers.items()}


def _named(name, add, answer):
    """Adds an answer; if that fails, says which one it was."""
    try:
        return add(answer)
    except _Malformed as error:
        raise _Malformed(f"{name} {error}") from None


def _describe(answer):
    return f"{type(answer).__name__} {answer!r}"[:200]
