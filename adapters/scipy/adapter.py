"""NumPy, SciPy and, where it is installed, scikit-learn, as a subject.

    touchstone check --command "python3 adapters/scipy/adapter.py"

Only what the libraries offer as a function of their own. Where that is elementwise, the mean
is taken here; and since a ufunc broadcasts by design and the losses of scikit-learn take
vectors, shapes are compared here before either is asked.
"""

import sys
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "python"))

import numpy as np
import scipy
from scipy import linalg, special
from scipy.cluster import vq
from scipy.spatial import distance
from touchstone import formula, serve

try:
    import sklearn
    from sklearn import metrics
except ImportError:
    sklearn = None


def require_same_shape(one, other):
    if one.shape != other.shape:
        raise ValueError(f"shapes differ: {one.shape} and {other.shape}")


@formula("losses/huber")
def huber(prediction, target, delta=1.0):
    require_same_shape(prediction, target)
    return special.huber(prediction.dtype.type(delta), prediction - target).mean()


@formula("information/kl-divergence")
def kl_divergence(p, q):
    require_same_shape(p, q)
    return special.rel_entr(p, q).sum(axis=-1).mean()


@formula("information/js-divergence")
def js_distance(p, q):
    require_same_shape(p, q)
    return np.mean(distance.jensenshannon(p, q, axis=-1))


def require_matrix(array):
    # Stacks of matrices, and none at all, are answered by some versions.
    if array.ndim != 2 or array.size == 0:
        raise ValueError(f"a matrix is needed, got {array.shape}")


@formula("linear-algebra/eigen-decomposition-symmetric")
def eigen_decomposition_symmetric(matrix):
    require_matrix(matrix)
    values, vectors = linalg.eigh(matrix)
    return {"values": values, "vectors": vectors}


@formula("linear-algebra/cholesky")
def cholesky(matrix):
    require_matrix(matrix)
    return linalg.cholesky(matrix, lower=True)


@formula("activations/softmax")
def softmax(x):
    return special.softmax(x, axis=-1)


@formula("activations/log-softmax")
def log_softmax(x):
    return special.log_softmax(x, axis=-1)


@formula("activations/logsumexp")
def logsumexp(x):
    return special.logsumexp(x, axis=-1)


formula("activations/sigmoid")(lambda x: special.expit(x))
formula("activations/log-sigmoid")(lambda x: special.log_expit(x))
formula("activations/normal-cdf")(lambda x: special.ndtr(x))
formula("activations/tanh")(lambda x: np.tanh(x))
formula("activations/arctangent")(lambda x: np.arctan(x))


@formula("classic-algorithms/kmeans-lloyd")
def kmeans(points, centres, iterations=100):
    if len(centres) > len(points):
        raise ValueError(f"{len(centres)} centres for {len(points)} points")
    with warnings.catch_warnings():
        # "One of the clusters is empty": its centre stays.
        warnings.simplefilter("ignore")
        centres, _ = vq.kmeans2(points, centres, iter=iterations, minit="matrix")
    # The labels of kmeans2 are those of the centres before the last step.
    labels, distances = vq.vq(points, centres)
    return {"labels": labels, "centres": centres, "inertia": np.sum(distances**2)}


if sklearn is not None:

    def samples(*arrays):
        """Every element as a sample of one output, the one form that all of them take."""
        require_same_shape(*arrays)
        return [array.reshape(-1) for array in arrays]

    @formula("losses/mse")
    def mse(prediction, target):
        return metrics.mean_squared_error(*samples(target, prediction))

    @formula("losses/rmse")
    def rmse(prediction, target):
        return metrics.mean_squared_error(*samples(target, prediction), squared=False)

    @formula("losses/mae")
    def mae(prediction, target):
        return metrics.mean_absolute_error(*samples(target, prediction))

    @formula("losses/quantile")
    def pinball(prediction, target, **options):
        names = {"quantile": "alpha"}
        renamed = {names[name]: option for name, option in options.items()}
        return metrics.mean_pinball_loss(*samples(target, prediction), **renamed)

    @formula("metrics-classification/confusion-counts")
    def confusion_counts(target, prediction):
        require_same_shape(target, prediction)
        table = metrics.confusion_matrix(target.ravel(), prediction.ravel(), labels=[0, 1])
        (true_negative, false_positive), (false_negative, true_positive) = table
        return {
            "truePositive": true_positive,
            "trueNegative": true_negative,
            "falsePositive": false_positive,
            "falseNegative": false_negative,
        }

    @formula("metrics-ranking/roc-curve")
    def roc_curve(target, score):
        require_same_shape(target, score)
        false_positive_rate, true_positive_rate, thresholds = metrics.roc_curve(target, score)
        return {
            "falsePositiveRate": false_positive_rate,
            "truePositiveRate": true_positive_rate,
            "thresholds": thresholds,
        }

    @formula("losses/hinge-loss")
    def hinge(scores, target):
        return metrics.hinge_loss(*samples(target, scores))


serve(
    name="SciPy" if sklearn is None else "SciPy and scikit-learn",
    version=scipy.__version__
    if sklearn is None
    else f"{scipy.__version__} and {sklearn.__version__}",
    dtypes=("float64", "float32"),
    variants={
        # "The Jensen-Shannon distance": "the square root of the Jensen-Shannon divergence".
        "information/js-divergence": "distance",
        # "Whether to drop some suboptimal thresholds": by default; "thresholds[0] [...] is
        # arbitrarily set to max(y_score) + 1".
        "metrics-ranking/roc-curve": "between equal steps dropped, first threshold 1 above the highest score",
    },
)
