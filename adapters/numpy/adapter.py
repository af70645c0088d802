"""NumPy as a subject: the formulas as a careful user writes them with arrays.

    touchstone check --command "python3 adapters/numpy/adapter.py"
    touchstone check --command "python3 adapters/numpy/adapter.py float16"

NumPy has next to none of the formulas as a function of its own, so they are written out here, and
computed in the format that is judged from the first operation to the last: this is what honest
arithmetic of 64, 32 and 16 bits gives. Within `np.sum` and `np.mean` of float16, NumPy itself adds
in float32.

Its linear algebra has no float16, which is why that format is chosen with a word of the command,
not with --dtype.
"""

import math
import os
import sys
from pathlib import Path

# A number of Python takes the format of the array beside it, as in NumPy 2. Until then, 300
# beside float16 makes float32, and any number beside a single float16 makes float64.
os.environ["NPY_PROMOTION_STATE"] = "weak"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "python"))

import numpy as np
import touchstone
from touchstone import sample, serve

FLOAT16 = sys.argv[1:] == ["float16"]

# Infinity and NaN are answers here.
np.seterr(all="ignore")


def formula(identifier):
    return offering(touchstone.formula, identifier)


def gradient(identifier):
    return offering(touchstone.gradient, identifier)


def offering(register, identifier):
    """Offers a function, and demands that it answers in the format of the arrays it was given."""

    def offer(function):
        def checked(*arguments, **given):
            answer = function(*arguments, **given)
            formats = {entry.dtype for entry in arrays_in([*arguments, *given.values()])}
            for part in arrays_in([answer]):
                # Counts and labels are integers whatever the format is.
                if part.dtype.kind == "f" and part.dtype not in formats:
                    raise TypeError(f"{identifier}: {formats} became {part.dtype}")
            return answer

        register(identifier)(checked)
        return function

    return offer


def arrays_in(values):
    """The arrays and numbers of NumPy among values, and in the dictionaries among them."""
    for value in values:
        if isinstance(value, dict):
            yield from arrays_in(value.values())
        elif isinstance(value, (np.ndarray, np.generic)):
            yield value


def choose(condition, number, array):
    """`np.where`, to which a number is float64 whatever the array is, until NumPy 2."""
    return np.where(condition, array.dtype.type(number), array)


def require_same_shape(one, *others):
    for other in others:
        if one.shape != other.shape:
            raise ValueError(f"shapes differ: {one.shape} and {other.shape}")


def require_matrix(matrix):
    if matrix.ndim != 2:
        raise ValueError(f"no matrix: {matrix.shape}")


def require_elements(*arrays):
    for array in arrays:
        if array.size == 0:
            raise ValueError(f"no elements: {array.shape}")


def require_finite(*arrays):
    for array in arrays:
        if not np.all(np.isfinite(array)):
            raise ValueError("must be finite")


def require_binary(*arrays):
    for array in arrays:
        if not np.all((array == 0) | (array == 1)):
            raise ValueError("must be 0 or 1")


# ---- activations -------------------------------------------------------------------------


def activation(identifier, function, slope=None):
    """Offers a function of each element, and its slope."""
    formula(identifier)(lambda x, **options: function(x, **options))
    if slope is not None:
        gradient(identifier)(
            lambda x, cotangent, **options: {"x": cotangent * slope(x, **options)}
        )


def gated(x, gate):
    """x times a gate that closes on the left faster than x grows; -Infinity times 0 is NaN."""
    return choose(x == -np.inf, 0, x * gate)


def sigmoid(x):
    # No power of e that overflows.
    decay = np.exp(-np.abs(x))
    return choose(x >= 0, 1, decay) / (1 + decay)


def sigmoid_slope(x):
    decay = np.exp(-np.abs(x))
    return decay / (1 + decay) ** 2


def tanh_slope(x):
    decay = np.exp(-2 * np.abs(x))
    return 4 * decay / (1 + decay) ** 2


def exponential_below(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def exponential_below_slope(x, alpha=1.0):
    return choose(x > 0, 1, alpha * np.exp(np.minimum(x, 0)))


SELU_ALPHA = 1.6732632423543772
SELU_SCALE = 1.0507009873554805


def softplus(x, beta=1.0):
    # Not logaddexp(0, beta x), which overflows where beta x does.
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(beta * x))) / beta


def softsign(x):
    return np.where(np.isinf(x), np.sign(x), x / (1 + np.abs(x)))


def hard_sigmoid(x):
    return np.clip((x + 3) / 6, 0, 1)


def hard_sigmoid_slope(x):
    return np.heaviside(3 - np.abs(x), 0) / 6


def hard_swish_slope(x):
    return np.where(np.abs(x) < 3, (2 * x + 3) / 6, np.heaviside(x, 0))


def swish_slope(x):
    return sigmoid(x) + choose(np.isinf(x), 0, x * sigmoid_slope(x))


GELU_SCALE = 2 * math.sqrt(2 / math.pi)
GELU_CUBIC = 0.044715


def gelu_tanh(x):
    return gated(x, sigmoid(GELU_SCALE * (x + GELU_CUBIC * x**3)))


def gelu_tanh_slope(x):
    # Farther out the slope is 0 or 1 in every format, and the cube overflows.
    x = np.clip(x, -30, 30)
    logit = GELU_SCALE * (x + GELU_CUBIC * x**3)
    steepness = GELU_SCALE * (1 + 3 * GELU_CUBIC * x * x)
    return sigmoid(logit) + x * steepness * sigmoid_slope(logit)


def mish_slope(x):
    plus = softplus(x)
    return np.tanh(plus) + choose(np.isinf(x), 0, x * sigmoid(x) * tanh_slope(plus))


def erfc(x):
    """NumPy has none: that of the C library, rounded to the format."""
    return np.vectorize(math.erfc, otypes=[np.float64])(x).astype(x.dtype)


def normal_cdf(x):
    return erfc(x * -math.sqrt(0.5)) / 2


def normal_density(x):
    return np.exp(-x * x / 2) / math.sqrt(2 * math.pi)


def gelu_slope(x):
    return normal_cdf(x) + choose(np.isinf(x), 0, x * normal_density(x))


activation("activations/identity-activation", np.positive, np.ones_like)
activation("activations/arctangent", np.arctan, lambda x: 1 / (1 + x * x))
activation("activations/tanh", np.tanh, tanh_slope)
activation("activations/tanh-derivative", tanh_slope, lambda x: -2 * np.tanh(x) * tanh_slope(x))
activation("activations/sigmoid", sigmoid, sigmoid_slope)
activation(
    "activations/sigmoid-derivative",
    sigmoid_slope,
    lambda x: -np.tanh(x / 2) * sigmoid_slope(x),
)
activation(
    "activations/log-sigmoid",
    lambda x: -np.logaddexp(0, -x),
    lambda x: sigmoid(-x),
)
activation("activations/softplus", softplus, lambda x, beta=1.0: sigmoid(beta * x))
activation("activations/softsign", softsign, lambda x: 1 / (1 + np.abs(x)) ** 2)
activation("activations/hard-sigmoid", hard_sigmoid, hard_sigmoid_slope)
activation("activations/hard-swish", lambda x: gated(x, hard_sigmoid(x)), hard_swish_slope)
activation("activations/swish", lambda x: gated(x, sigmoid(x)), swish_slope)
activation("activations/mish", lambda x: gated(x, np.tanh(softplus(x))), mish_slope)
activation("activations/gelu-exact", lambda x: gated(x, normal_cdf(x)), gelu_slope)
activation("activations/gelu-tanh", gelu_tanh, gelu_tanh_slope)
activation("activations/normal-cdf", normal_cdf, normal_density)
activation("activations/relu", lambda x: np.maximum(x, 0), lambda x: np.heaviside(x, 0))
activation("activations/relu-derivative", lambda x, atZero=0: np.heaviside(x, atZero))
activation(
    "activations/leaky-relu",
    lambda x, alpha=0.01: np.where(x > 0, x, alpha * x),
    lambda x, alpha=0.01: choose(x > 0, 1, np.full_like(x, alpha)),
)
activation("activations/elu", exponential_below, exponential_below_slope)
activation(
    "activations/selu",
    lambda x: SELU_SCALE * exponential_below(x, SELU_ALPHA),
    lambda x: SELU_SCALE * exponential_below_slope(x, SELU_ALPHA),
)


# ---- along the last axis -----------------------------------------------------------------


@formula("activations/softmax")
def softmax(x):
    powers = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True)


@gradient("activations/softmax")
def softmax_gradient(x, cotangent):
    probability = softmax(x)
    mean = np.sum(cotangent * probability, axis=-1, keepdims=True)
    return {"x": probability * (cotangent - mean)}


@formula("activations/softmax-jacobian")
def softmax_jacobian(probability):
    if probability.ndim != 1:
        raise ValueError(f"no vector: {probability.shape}")
    return probability[:, None] * (np.eye(probability.size, dtype=probability.dtype) - probability)


@gradient("activations/softmax-jacobian")
def softmax_jacobian_gradient(probability, cotangent):
    products = cotangent @ probability + cotangent.T @ probability
    return {"probability": np.diag(cotangent) - products}


@formula("activations/log-softmax")
def log_softmax(x):
    shifted = x - np.max(x, axis=-1, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))


@gradient("activations/log-softmax")
def log_softmax_gradient(x, cotangent):
    return {"x": cotangent - softmax(x) * np.sum(cotangent, axis=-1, keepdims=True)}


@formula("activations/logsumexp")
def logsumexp(x):
    largest = np.max(x, axis=-1, keepdims=True, initial=-np.inf)
    # Infinity minus Infinity is NaN, and e^(+-Infinity) is right as it is.
    shift = choose(~np.isfinite(largest), 0, largest)
    total = np.sum(np.exp(x - shift), axis=-1, keepdims=True)
    return np.squeeze(np.log(total) + shift, axis=-1)


@gradient("activations/logsumexp")
def logsumexp_gradient(x, cotangent):
    return {"x": np.asarray(cotangent, x.dtype)[..., None] * softmax(x)}


# ---- losses of an error ------------------------------------------------------------------


def scaled(differences):
    """Rows by their largest size, so that no square overflows or vanishes; and these sizes."""
    largest = np.max(np.abs(differences), axis=-1, keepdims=True)
    unit = choose((largest == 0) | (largest == np.inf), 1, largest)
    return differences / unit, unit


def regression(identifier, cost, slope):
    """Offers the mean of what each error costs, and its slope."""

    @formula(identifier)
    def loss(prediction, target, **options):
        require_same_shape(prediction, target)
        return np.mean(cost(prediction - target, **options))

    @gradient(identifier)
    def pull_back(prediction, target, cotangent, **options):
        return {
            "prediction": cotangent * slope(prediction - target, **options) / prediction.size
        }


@formula("losses/squared-error")
def squared_error(prediction, target):
    require_same_shape(prediction, target)
    return np.square(prediction - target)


@gradient("losses/squared-error")
def squared_error_gradient(prediction, target, cotangent):
    return {"prediction": cotangent * 2 * (prediction - target)}


@formula("losses/rmse")
def rmse(prediction, target):
    require_same_shape(prediction, target)
    shares, (unit,) = scaled((prediction - target).reshape(-1))
    return unit * np.sqrt(np.mean(np.square(shares)))


@gradient("losses/rmse")
def rmse_gradient(prediction, target, cotangent):
    require_same_shape(prediction, target)
    # Not by the root itself, which holds few digits where it is subnormal.
    shares, _ = scaled((prediction - target).reshape(-1))
    slope = ratio(shares, np.sqrt(np.mean(np.square(shares), keepdims=True)))
    return {"prediction": cotangent * slope.reshape(target.shape) / target.size}


def huber(error, delta=1.0):
    size = np.abs(error)
    return np.where(size <= delta, size * size / 2, delta * (size - delta / 2))


def smooth_l1(error, beta=1.0):
    size = np.abs(error)
    return np.where(size <= beta, size * (size / beta) / 2, size - beta / 2)


def log_cosh(error):
    size = np.abs(error)
    # cosh e = 1 + 2 sinh^2(e/2): near 0 nothing cancels, and far away nothing overflows.
    near = np.log1p(2 * np.square(np.sinh(np.minimum(size, 1) / 2)))
    return np.where(size < 1, near, size + np.log1p(np.exp(-2 * size)) - math.log(2))


def quantile(error, quantile=0.5):
    return np.where(error > 0, (1 - quantile) * error, -quantile * error)


regression("losses/mse", np.square, lambda error: 2 * error)
regression("losses/half-mse", lambda error: np.square(error) / 2, lambda error: error)
regression("losses/mae", np.abs, np.sign)
regression("losses/huber", huber, lambda error, delta=1.0: np.clip(error, -delta, delta))
regression("losses/smooth-l1", smooth_l1, lambda error, beta=1.0: np.clip(error / beta, -1, 1))
regression("losses/log-cosh", log_cosh, np.tanh)
regression(
    "losses/quantile",
    quantile,
    lambda error, quantile=0.5: np.heaviside(error, quantile) - quantile,
)


# ---- losses of probabilities -------------------------------------------------------------


def share(weight, cost):
    """A weight of 0 counts nothing of an infinite cost; of a missing one, NaN."""
    return choose((weight == 0) & np.isinf(cost), 0, weight * cost)


def ratio(weight, size):
    """The same of 1/size, which may overflow where the ratio does not."""
    return choose((weight == 0) & (size == 0), 0, weight / size)


@formula("losses/binary-cross-entropy")
def binary_cross_entropy(probability, target):
    require_same_shape(probability, target)
    hit = share(target, np.log(probability))
    return np.mean(-hit - share(1 - target, np.log1p(-probability)))


@gradient("losses/binary-cross-entropy")
def binary_cross_entropy_gradient(probability, target, cotangent):
    slope = ratio(1 - target, 1 - probability) - ratio(target, probability)
    return {"probability": cotangent * slope / probability.size}


@formula("losses/binary-cross-entropy-from-logits")
def binary_cross_entropy_from_logits(logits, target):
    require_same_shape(logits, target)
    return np.mean(target * softplus(-logits) + (1 - target) * softplus(logits))


@gradient("losses/binary-cross-entropy-from-logits")
def binary_cross_entropy_from_logits_gradient(logits, target, cotangent):
    return {"logits": cotangent * (sigmoid(logits) - target) / logits.size}


@formula("losses/bernoulli-negative-likelihood")
def bernoulli_negative_likelihood(probability, target):
    require_same_shape(probability, target)
    return -np.prod(np.where(target == 1, probability, 1 - probability))


@gradient("losses/bernoulli-negative-likelihood")
def bernoulli_negative_likelihood_gradient(probability, target, cotangent):
    hit = np.where(target == 1, probability, 1 - probability).reshape(-1)
    before = np.cumprod(np.insert(hit[:-1], 0, 1))
    after = np.cumprod(np.insert(hit[:0:-1], 0, 1))[::-1]
    others = (before * after).reshape(target.shape)
    return {"probability": cotangent * (1 - 2 * target) * others}


@formula("losses/focal-loss")
def focal_loss(probability, target, alpha=0.25, gamma=2.0):
    require_same_shape(probability, target)
    hit = (1 - probability) ** gamma * np.log(probability)
    miss = probability**gamma * np.log1p(-probability)
    return np.mean(-share(alpha * target, hit) - share((1 - alpha) * (1 - target), miss))


@gradient("losses/focal-loss")
def focal_loss_gradient(probability, target, cotangent, alpha=0.25, gamma=2.0):
    def fall(alpha, target, p, missing, logarithm):
        """How fast -alpha target missing^gamma ln p falls as p = 1 - missing grows."""
        focus = choose(missing == 0, -1, logarithm / missing)
        steepness = ratio(target, p) - share(gamma * target, focus)
        return share(alpha * missing**gamma, steepness)

    rest, log_rest = 1 - probability, np.log1p(-probability)
    hit = fall(alpha, target, probability, rest, np.log(probability))
    miss = fall(1 - alpha, 1 - target, rest, probability, log_rest)
    return {"probability": cotangent * (miss - hit) / probability.size}


@formula("losses/soft-dice")
def soft_dice(probability, target, smoothing=1.0):
    require_same_shape(probability, target)
    overlap = 2 * np.sum(probability * target) + smoothing
    return 1 - overlap / (np.sum(probability) + np.sum(target) + smoothing)


@gradient("losses/soft-dice")
def soft_dice_gradient(probability, target, cotangent, smoothing=1.0):
    loss = soft_dice(probability, target, smoothing)
    size = np.sum(probability) + np.sum(target) + smoothing
    return {"probability": cotangent * (1 - 2 * target - loss) / size}


@formula("losses/categorical-cross-entropy")
def categorical_cross_entropy(probability, target):
    require_same_shape(probability, target)
    require_matrix(probability)
    return np.mean(np.sum(-share(target, np.log(probability)), axis=-1))


@gradient("losses/categorical-cross-entropy")
def categorical_cross_entropy_gradient(probability, target, cotangent):
    slope = -ratio(target, probability)
    return {"probability": cotangent * slope / len(probability)}


@formula("losses/poisson-negative-log-likelihood")
def poisson(rate, target, full=False):
    require_same_shape(rate, target)
    cost = rate - share(target, np.log(rate))
    return np.mean(cost + log_factorial(target) if full else cost)


@gradient("losses/poisson-negative-log-likelihood")
def poisson_gradient(rate, target, cotangent, full=False):
    return {"rate": cotangent * (1 - ratio(target, rate)) / rate.size}


LOG_FACTORIALS = [math.lgamma(count + 1) for count in range(256)]


def log_factorial(count):
    small = np.array(LOG_FACTORIALS, count.dtype)[np.minimum(count, 255).astype(int)]
    # Stirling's series, whose next term is below 1e-15 from 256 on.
    stirling = count * (np.log(count) - 1) + np.log(2 * math.pi * count) / 2
    stirling = stirling + 1 / (12 * count) - 1 / (360 * count**3)
    return np.where(count < 256, small, stirling)


@formula("losses/gaussian-kl")
def gaussian_kl(mean, logVariance):
    require_same_shape(mean, logVariance)
    require_matrix(mean)
    excess = np.expm1(logVariance) - logVariance
    return np.mean(np.sum((np.square(mean) + excess) / 2, axis=-1))


@gradient("losses/gaussian-kl")
def gaussian_kl_gradient(mean, logVariance, cotangent):
    weight = cotangent / len(mean)
    return {"mean": weight * mean, "logVariance": weight * np.expm1(logVariance) / 2}


@formula("information/kl-divergence")
def kl_divergence(p, q):
    require_same_shape(p, q)
    # Not the logarithm of p/q, which overflows.
    return np.mean(np.sum(share(p, np.log(p)) - share(p, np.log(q)), axis=-1))


@gradient("information/kl-divergence")
def kl_divergence_gradient(p, q, cotangent):
    return {"q": -cotangent * ratio(p, q) / (q.size // q.shape[-1])}


@formula("information/js-divergence")
def js_divergence(p, q):
    require_same_shape(p, q)
    halves = share(p, log_above_mean(p, q)) + share(q, log_above_mean(q, p))
    return np.mean(np.sum(halves / 2, axis=-1))


@gradient("information/js-divergence")
def js_divergence_gradient(p, q, cotangent):
    weight = cotangent / 2 / (p.size // p.shape[-1])
    return {"p": weight * log_above_mean(p, q), "q": weight * log_above_mean(q, p)}


def log_above_mean(p, q):
    # Not p/m with m = (p + q)/2, which may be 0 where p is subnormal.
    total = p + q
    return np.log(choose(total == 0, 1, 2 * p / total))


# ---- losses of classes, margins and distances --------------------------------------------


def classes(matrix, target):
    """Labels as indices, one for each row."""
    require_matrix(matrix)
    if target.shape != matrix.shape[:1]:
        raise ValueError(f"{target.shape} labels for {matrix.shape}")
    labels = target.astype(int)
    # NumPy counts negative indices from the end.
    if np.any(labels != target) or np.any(labels < 0) or np.any(labels >= matrix.shape[1]):
        raise ValueError("labels must be columns")
    return labels


def one_hot(matrix, labels):
    return np.eye(matrix.shape[1], dtype=matrix.dtype)[labels]


def weighed(logits, target, labelSmoothing, ignoredLabel):
    """The rows that are kept, by a mask, their logits, and the weight of each class there."""
    require_matrix(logits)
    if target.shape != logits.shape[:1]:
        raise ValueError(f"{target.shape} labels for {logits.shape}")
    kept = target != ignoredLabel
    hot = one_hot(logits, classes(logits[kept], target[kept]))
    return kept, logits[kept], (1 - labelSmoothing) * hot + labelSmoothing / logits.shape[1]


@formula("losses/cross-entropy-from-logits")
def cross_entropy_from_logits(logits, target, labelSmoothing=0.0, ignoredLabel=-100):
    _, rows, weights = weighed(logits, target, labelSmoothing, ignoredLabel)
    return np.mean(np.sum(-share(weights, log_softmax(rows)), axis=-1))


@gradient("losses/cross-entropy-from-logits")
def cross_entropy_from_logits_gradient(
    logits, target, cotangent, labelSmoothing=0.0, ignoredLabel=-100
):
    kept, rows, weights = weighed(logits, target, labelSmoothing, ignoredLabel)
    slope = np.zeros_like(logits)
    slope[kept] = cotangent * (softmax(rows) - weights) / len(rows)
    return {"logits": slope}


@formula("losses/nll-loss")
def nll(logProbability, target):
    labels = classes(logProbability, target)
    return np.mean(-logProbability[np.arange(len(labels)), labels])


@gradient("losses/nll-loss")
def nll_gradient(logProbability, target, cotangent):
    hot = one_hot(logProbability, classes(logProbability, target))
    return {"logProbability": -cotangent * hot / len(hot)}


@formula("losses/categorical-hinge")
def categorical_hinge(scores, target):
    hot = one_hot(scores, classes(scores, target))
    rivals = choose(hot == 1, -np.inf, scores)
    return np.mean(np.maximum(0, 1 + (np.max(rivals, axis=-1) - scores[hot == 1])))


@gradient("losses/categorical-hinge")
def categorical_hinge_gradient(scores, target, cotangent):
    hot = one_hot(scores, classes(scores, target))
    rivals = choose(hot == 1, -np.inf, scores)
    active = 1 + (np.max(rivals, axis=-1) - scores[hot == 1]) > 0
    slope = one_hot(scores, np.argmax(rivals, axis=-1)) - hot
    return {"scores": cotangent * slope * active[:, None] / len(scores)}


def margin_loss(identifier, cost, slope):
    @formula(identifier)
    def loss(scores, target):
        require_same_shape(scores, target)
        return np.mean(cost(np.maximum(0, 1 - target * scores)))

    @gradient(identifier)
    def pull_back(scores, target, cotangent):
        missing = np.maximum(0, 1 - target * scores)
        return {"scores": -cotangent * target * slope(missing) / scores.size}


margin_loss("losses/hinge-loss", np.positive, np.sign)
margin_loss("losses/squared-hinge-loss", np.square, lambda missing: 2 * missing)


def contrastive_fault(distance, target, margin):
    return np.where(target == 1, distance, np.minimum(0, distance - margin))


@formula("losses/contrastive-loss")
def contrastive(distance, target, margin=1.0):
    require_same_shape(distance, target)
    return np.mean(np.square(contrastive_fault(distance, target, margin)))


@gradient("losses/contrastive-loss")
def contrastive_gradient(distance, target, cotangent, margin=1.0):
    fault = contrastive_fault(distance, target, margin)
    return {"distance": cotangent * 2 * fault / distance.size}


@formula("losses/triplet")
def triplet(anchor, positive, negative, margin=1.0):
    require_same_shape(anchor, positive, negative)
    require_matrix(anchor)
    return np.mean(np.maximum(0, shortfall(anchor, positive, negative, margin)))


@gradient("losses/triplet")
def triplet_gradient(anchor, positive, negative, cotangent, margin=1.0):
    active = np.heaviside(shortfall(anchor, positive, negative, margin), 0)[:, None]
    weight = cotangent * active / len(anchor)
    pull = weight * direction(anchor - positive)
    push = weight * direction(anchor - negative)
    return {"anchor": pull - push, "positive": -pull, "negative": push}


def shortfall(anchor, positive, negative, margin):
    return length(anchor - positive) - length(anchor - negative) + margin


def length(differences):
    shares, unit = scaled(differences)
    return np.squeeze(unit, -1) * np.sqrt(np.sum(np.square(shares), axis=-1))


def direction(differences):
    # As in the gradient of the root mean squared error.
    shares, _ = scaled(differences)
    return ratio(shares, np.sqrt(np.sum(np.square(shares), axis=-1, keepdims=True)))


# ---- attention ---------------------------------------------------------------------------


@formula("attention/scaled-dot-product-attention")
def attention(queries, keys, values, mask=None):
    weights = attention_weights(queries, keys, values, mask)
    return {"output": weights @ values, "weights": weights}


@gradient("attention/scaled-dot-product-attention")
def attention_gradient(queries, keys, values, cotangent, mask=None):
    weights = attention_weights(queries, keys, values, mask)
    given = cotangent["output"]
    slopes = given @ turned(values)
    average = np.sum(weights * slopes, axis=-1, keepdims=True)
    of_scores = weights * (slopes - average) / np.sqrt(keys.dtype.type(keys.shape[-1]))
    return {
        "queries": of_scores @ keys,
        "keys": turned(of_scores) @ queries,
        "values": turned(weights) @ given,
    }


def attention_weights(queries, keys, values, mask):
    # Divided first: the product may overflow where what is divided does not.
    scores = (queries / np.sqrt(keys.dtype.type(keys.shape[-1]))) @ turned(keys)
    seen = np.ones_like(scores) if mask is None else mask
    # Products of matrices broadcast what stands before their last two axes.
    require_same_shape(scores, seen)
    if not queries.shape[:-2] == keys.shape[:-2] == values.shape[:-2]:
        raise ValueError("stacks differ")
    require_binary(seen)
    scores = choose(seen == 0, -np.inf, scores)
    largest = np.max(scores, axis=-1, keepdims=True)
    # Nothing is seen: −∞ − (−∞) would be NaN.
    exponentials = np.exp(scores - choose(largest == -np.inf, 0, largest))
    total = np.sum(exponentials, axis=-1, keepdims=True)
    return exponentials / choose(total == 0, 1, total)


def turned(matrices):
    return np.swapaxes(matrices, -2, -1)


# ---- functions, and their differences ----------------------------------------------------


activation("calculus/absolute-value", np.abs, np.sign)
activation("calculus/cubic", lambda x: x * x * x, lambda x: 3 * (x * x))
activation("calculus/exponential", np.exp, np.exp)
activation("calculus/quadratic", np.square, lambda x: 2 * x)
# Not -1/x², whose square vanishes.
activation("calculus/reciprocal", lambda x: 1 / x, lambda x: -1 / x / x)
activation("calculus/sine", np.sin, np.cos)


@formula("gradients/numerical-gradient")
def numerical_gradient(function, x, step=1e-5):
    if not 0 < step < np.inf:
        raise ValueError(f"no step: {step}")
    slopes = np.empty_like(x)
    for place in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[place] += step
        below[place] -= step
        slopes[place] = (np.sum(function(above)) - np.sum(function(below))) / (2 * step)
    return slopes


# ---- training ----------------------------------------------------------------------------


def adam(parameters, gradients, learningRate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8):
    require_matrix(gradients)
    require_elements(gradients)
    if parameters.shape != gradients.shape[1:]:
        raise ValueError(f"{parameters.shape} parameters, gradients {gradients.shape}")
    if not (0 <= learningRate < np.inf and 0 < epsilon < np.inf):
        raise ValueError(f"a step of {learningRate}, an epsilon of {epsilon}")
    if not (0 <= beta1 < 1 and 0 <= beta2 < 1):
        raise ValueError(f"means that decay by {beta1} and {beta2}")
    mean = square = np.zeros_like(parameters)
    trajectory = np.empty_like(gradients)
    for time, slope in enumerate(gradients, 1):
        mean = beta1 * mean + (1 - beta1) * slope
        square = beta2 * square + (1 - beta2) * slope * slope
        root = np.sqrt(square / (1 - beta2**time))
        parameters = parameters - learningRate * (mean / (1 - beta1**time)) / (root + epsilon)
        trajectory[time - 1] = parameters
    return trajectory


if not FLOAT16:
    # Which has no epsilon of 1e-8: where gradients are 0, it would divide 0 by 0.
    formula("optimisers/adam")(adam)


@formula("gradients/clip-by-global-norm")
def clip_by_global_norm(gradients, maxNorm=1.0):
    if not maxNorm >= 0:
        raise ValueError(f"no limit: {maxNorm}")
    slopes = [slope.reshape(-1) for slope in gradients.values() if slope.size > 0]
    if not slopes:
        return {"clipped": gradients, "norm": 0.0}
    shares, (unit,) = scaled(np.concatenate(slopes))
    root = np.sqrt(np.sum(np.square(shares)))
    norm = unit * root
    if norm <= maxNorm:
        return {"clipped": gradients, "norm": norm}
    clipped = {name: slope / unit * (maxNorm / root) for name, slope in gradients.items()}
    return {"clipped": clipped, "norm": norm}


# ---- draws -------------------------------------------------------------------------------


def require_uniforms(draws):
    if not np.all((draws >= 0) & (draws < 1)):
        raise ValueError("a draw is at least 0 and below 1")


def xavier_limit(shape):
    if len(shape) < 2 or 0 in shape:
        raise ValueError(f"no weights: {shape}")
    *field, fan_in, fan_out = shape
    return math.sqrt(6 / (math.prod(field) * (fan_in + fan_out)))


@formula("initialisers/xavier-uniform")
def xavier_uniform(uniforms):
    require_uniforms(uniforms)
    return xavier_limit(uniforms.shape) * (2 * uniforms - 1)


@sample("initialisers/xavier-uniform")
def xavier_uniform_draws(shape):
    limit = xavier_limit(shape)
    return np.random.default_rng().uniform(-limit, limit, shape)


def dropped(values, uniforms, rate, training):
    require_same_shape(values, uniforms)
    require_uniforms(uniforms)
    if not 0 <= rate <= 1:
        raise ValueError(f"no share: {rate}")
    # At a rate of 1 nothing is kept: what is divided by 0 is not chosen.
    return choose(uniforms < rate, 0, values / (1 - rate)) if training else values


@formula("regularisation/dropout-inverted")
def dropout_inverted(x, uniforms, rate=0.5, training=True):
    return dropped(x, uniforms, rate, training)


@gradient("regularisation/dropout-inverted")
def dropout_inverted_gradient(x, uniforms, cotangent, rate=0.5, training=True):
    require_same_shape(x, uniforms)
    return {"x": dropped(np.asarray(cotangent, x.dtype), uniforms, rate, training)}


@sample("regularisation/dropout-inverted")
def dropout_inverted_draws(x, rate=0.5, training=True):
    return dropped(x, np.random.default_rng().random(x.shape), rate, training)


# ---- classes, scores and clusters --------------------------------------------------------


@formula("metrics-classification/confusion-counts")
def confusion_counts(target, prediction):
    require_same_shape(target, prediction)
    require_binary(target, prediction)
    return {
        "truePositive": np.sum((target == 1) & (prediction == 1)),
        "trueNegative": np.sum((target == 0) & (prediction == 0)),
        "falsePositive": np.sum((target == 0) & (prediction == 1)),
        "falseNegative": np.sum((target == 1) & (prediction == 0)),
    }


@formula("metrics-ranking/roc-curve")
def roc_curve(target, score):
    require_same_shape(target, score)
    if target.ndim != 1:
        raise ValueError(f"no vector: {target.shape}")
    require_elements(target)
    require_binary(target)
    require_finite(score)
    if np.all(target == target[0]):
        raise ValueError("a class is missing")
    distinct, ranks = np.unique(score, return_inverse=True)

    def share(label):
        """The share of a class that scores at least the threshold, from the highest down."""
        met = np.bincount(ranks[target == label], minlength=len(distinct))
        reached = np.cumsum(met[::-1]).astype(score.dtype)
        return np.concatenate([[score.dtype.type(0)], reached / reached[-1]])

    return {
        "falsePositiveRate": share(0),
        "truePositiveRate": share(1),
        "thresholds": np.concatenate([[score.dtype.type(np.inf)], distinct[::-1]]),
    }


@formula("classic-algorithms/kmeans-lloyd")
def kmeans(points, centres, iterations=100):
    require_matrix(points)
    require_matrix(centres)
    require_elements(points, centres)
    require_finite(points, centres)
    if points.shape[1] != centres.shape[1] or len(centres) > len(points):
        raise ValueError(f"centres {centres.shape} for points {points.shape}")
    if not (isinstance(iterations, int) and iterations >= 1):
        raise ValueError(f"{iterations} iterations")
    labels = nearest(points, centres)
    for _ in range(iterations):
        before = labels
        centres = np.stack([middle(points[labels == j], old) for j, old in enumerate(centres)])
        labels = nearest(points, centres)
        if np.array_equal(labels, before):
            break
    inertia = np.sum(np.square(points - centres[labels]))
    return {"labels": labels, "centres": centres, "inertia": inertia}


def nearest(points, centres):
    # Not by squares, which overflow.
    return np.argmin(length(points[:, None] - centres), axis=-1)


def middle(points, centre):
    """The mean of points; where there are none, the centre as it was."""
    return np.mean(points, axis=0) if len(points) > 0 else centre


# ---- linear algebra ----------------------------------------------------------------------


def require_square(matrix):
    # NumPy takes stacks of matrices, and answers none at all.
    require_matrix(matrix)
    require_elements(matrix)


if not FLOAT16:

    @formula("linear-algebra/cholesky")
    def cholesky(matrix):
        require_square(matrix)
        return np.linalg.cholesky(matrix)

    @gradient("linear-algebra/cholesky")
    def cholesky_gradient(matrix, cotangent):
        upper = np.linalg.cholesky(matrix).T
        weighted = np.tril(upper @ np.tril(cotangent))
        halved = weighted - np.diag(np.diag(weighted)) / 2
        slope = np.linalg.solve(upper, np.linalg.solve(upper, halved).T)
        return {"matrix": (slope + slope.T) / 2}

    @formula("linear-algebra/eigen-decomposition-symmetric")
    def eigen_decomposition_symmetric(matrix):
        require_square(matrix)
        values, vectors = np.linalg.eigh(matrix)
        return {"values": values, "vectors": vectors}


serve(
    name="NumPy",
    version=np.__version__,
    dtypes=("float16",) if FLOAT16 else ("float64", "float32"),
)
