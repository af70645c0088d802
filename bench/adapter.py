"""Huber loss and softmax in NumPy, for timing the pipe."""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'adapters' / 'python'))
from touchstone import formula, serve


@formula('losses/huber')
def huber(prediction, target, delta=1.0):
    if prediction.shape != target.shape or prediction.size == 0 or not 0 < delta < np.inf:
        raise ValueError('huber: shapes must agree and delta must be positive')
    with np.errstate(all='ignore'):
        error = np.abs(prediction - target)
        clipped = np.minimum(error, delta)
        return np.mean(np.where(error == np.inf, np.inf, clipped * (error - 0.5 * clipped)))


@formula('activations/softmax')
def softmax(x):
    if x.ndim == 0 or x.size == 0:
        raise ValueError('softmax: x must have elements')
    with np.errstate(all='ignore'):
        exponentials = np.exp(x - x.max(axis=-1, keepdims=True))
        return exponentials / exponentials.sum(axis=-1, keepdims=True)


serve(name='NumPy by hand', version=np.__version__)
