"""PyTorch as a subject.

    touchstone check --command "python3 adapters/pytorch/adapter.py"
    touchstone check --command "python3 adapters/pytorch/adapter.py bfloat16"

Only what the library offers as a function of its own; gradients are those of autograd.
Arguments are passed on as they come and left out where they are left out, so that its defaults
are judged too. Parameters that a formula does not have are given the value that makes the two
the same: `eps=0`, `reduction="batchmean"`.

On the CPU, float16 has next to no function, and bfloat16 fewer than float64 and float32:
which is why that format is chosen with a word of the command, not with --dtype.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "python"))

import numpy as np
import torch
import torch.nn.functional as F
from touchstone import formula, gradient, sample, serve

BFLOAT16 = sys.argv[1:] == ["bfloat16"]
MISSING_IN_BFLOAT16 = [
    "losses/squared-error",
    "losses/mse",
    "losses/binary-cross-entropy",
    "activations/mish",
    "linear-algebra/cholesky",
]


def offers(identifier, *differentiable):
    """Offers a function of tensors as a formula, and autograd as its gradient."""

    def register(function):
        if BFLOAT16 and identifier in MISSING_IN_BFLOAT16:
            return function

        def value(**given):
            with torch.no_grad():
                return arrays(function(**{name: tensor(entry) for name, entry in given.items()}))

        def pull_back(cotangent, **given):
            tensors = {name: tensor(entry) for name, entry in given.items()}
            for name in differentiable:
                tensors[name].requires_grad_()
            answer = function(**tensors)
            # Of an answer in parts, those that a gradient is taken through.
            parts = cotangent if isinstance(cotangent, dict) else {"output": cotangent}
            answers = answer if isinstance(answer, dict) else {"output": answer}
            torch.autograd.backward(
                [answers[name] for name in parts],
                [
                    torch.as_tensor(tensor(part), dtype=answers[name].dtype)
                    for name, part in parts.items()
                ],
            )
            return {name: array(tensors[name].grad) for name in differentiable}

        formula(identifier)(value)
        if differentiable:
            gradient(identifier)(pull_back)
        return function

    return register


def tensor(argument):
    if isinstance(argument, dict):
        return {name: tensor(entry) for name, entry in argument.items()}
    if not isinstance(argument, np.ndarray):
        return argument
    shared = torch.from_numpy(argument)
    # NumPy has no bfloat16; what arrives is float32 that bfloat16 holds exactly.
    return shared.to(torch.bfloat16) if BFLOAT16 else shared


def array(answer):
    return (answer.float() if BFLOAT16 else answer).numpy()


def arrays(answer):
    if isinstance(answer, dict):
        return {name: arrays(part) for name, part in answer.items()}
    return array(answer)


def renamed(options, **names):
    """The options that were given, under the names that the library has for them."""
    return {names[name]: entry for name, entry in options.items()}


def labels(target):
    """Class labels as the integers they are; a fraction is no label, and the library takes none."""
    if not torch.equal(target, target.floor()):
        raise TypeError("labels must be integers")
    return target.long()


@offers("losses/squared-error", "prediction")
def squared_error(prediction, target):
    return F.mse_loss(prediction, target, reduction="none")


@offers("losses/mse", "prediction")
def mse(prediction, target):
    return F.mse_loss(prediction, target)


@offers("losses/mae", "prediction")
def mae(prediction, target):
    return F.l1_loss(prediction, target)


@offers("losses/huber", "prediction")
def huber(prediction, target, **options):
    return F.huber_loss(prediction, target, **options)


@offers("losses/smooth-l1", "prediction")
def smooth_l1(prediction, target, **options):
    return F.smooth_l1_loss(prediction, target, **options)


@offers("losses/poisson-negative-log-likelihood", "rate")
def poisson(rate, target, **options):
    return F.poisson_nll_loss(rate, target, log_input=False, **options)


@offers("losses/binary-cross-entropy", "probability")
def binary_cross_entropy(probability, target):
    return F.binary_cross_entropy(probability, target)


@offers("losses/binary-cross-entropy-from-logits", "logits")
def binary_cross_entropy_from_logits(logits, target):
    return F.binary_cross_entropy_with_logits(logits, target)


@offers("losses/cross-entropy-from-logits", "logits")
def cross_entropy_from_logits(logits, target, **options):
    names = {"labelSmoothing": "label_smoothing", "ignoredLabel": "ignore_index"}
    return F.cross_entropy(logits, labels(target), **renamed(options, **names))


@offers("losses/nll-loss", "logProbability")
def nll(logProbability, target):
    return F.nll_loss(logProbability, labels(target))


@offers("losses/triplet", "anchor", "positive", "negative")
def triplet(anchor, positive, negative, **options):
    return F.triplet_margin_loss(anchor, positive, negative, eps=0, **options)


@offers("information/kl-divergence", "p", "q")
def kl_divergence(p, q):
    # "batchmean" divides by the length of the first axis: each row has to be a sample.
    rows = (-1, p.shape[-1])
    return F.kl_div(q.log().reshape(rows), p.reshape(rows), reduction="batchmean")


@offers("activations/softmax", "x")
def softmax(x):
    return F.softmax(x, dim=-1)


@offers("activations/log-softmax", "x")
def log_softmax(x):
    return F.log_softmax(x, dim=-1)


@offers("activations/logsumexp", "x")
def logsumexp(x):
    return torch.logsumexp(x, dim=-1)


@offers("activations/gelu-tanh", "x")
def gelu_tanh(x):
    return F.gelu(x, approximate="tanh")


@offers("activations/leaky-relu", "x")
def leaky_relu(x, **options):
    return F.leaky_relu(x, **renamed(options, alpha="negative_slope"))


@offers("attention/scaled-dot-product-attention", "queries", "keys", "values")
def attention(queries, keys, values, mask=None):
    if mask is not None:
        if not torch.all((mask == 0) | (mask == 1)):
            raise TypeError("a mask is a tensor of truth values")
        mask = mask.bool()
    # Since 2.0 it is public, and gives no weights.
    output, weights = F._scaled_dot_product_attention(
        queries, keys, values, mask, need_attn_weights=True
    )
    return {"output": output, "weights": weights}


@offers("optimisers/adam")
def adam(parameters, gradients, **options):
    if parameters.ndim != 1 or gradients.ndim != 2 or gradients.shape[1:] != parameters.shape:
        raise ValueError("gradients must have a column for each parameter")
    if gradients.numel() == 0:
        raise ValueError("nothing to learn")
    names = {"learningRate": "lr", "epsilon": "eps"}
    given = {names[name]: entry for name, entry in options.items() if name in names}
    betas = (options.get("beta1", 0.9), options.get("beta2", 0.999))
    learned = parameters.clone().requires_grad_()
    optimiser = torch.optim.Adam([learned], betas=betas, **given)
    trajectory = []
    for step in gradients:
        learned.grad = step.clone()
        optimiser.step()
        trajectory.append(learned.detach().clone())
    return torch.stack(trajectory)


@offers("gradients/clip-by-global-norm")
def clip_by_global_norm(gradients, maxNorm=1.0):
    # The library writes into the gradients of parameters.
    parameters = {name: torch.empty_like(entry) for name, entry in gradients.items()}
    for name, entry in gradients.items():
        parameters[name].grad = entry.clone()
    norm = torch.nn.utils.clip_grad_norm_(list(parameters.values()), maxNorm)
    clipped = {name: entry.grad for name, entry in parameters.items()}
    return {"clipped": clipped, "norm": norm}


def require_matrix(array):
    # The library takes stacks of matrices, too.
    if array.ndim != 2:
        raise ValueError(f"a matrix is needed, got {tuple(array.shape)}")


@offers("linear-algebra/cholesky", "matrix")
def cholesky(matrix):
    require_matrix(matrix)
    return torch.linalg.cholesky(matrix)


if not BFLOAT16:

    @formula("linear-algebra/eigen-decomposition-symmetric")
    def eigen_decomposition_symmetric(matrix):
        require_matrix(matrix)
        values, vectors = torch.linalg.eigh(tensor(matrix))
        return {"values": array(values), "vectors": array(vectors)}


# ---- draws of its own ------------------------------------------------------------------

@sample("initialisers/xavier-uniform")
def xavier_uniform(shape):
    # The library's layout is fan-out, fan-in, receptive field; the contract's the other way round.
    *field, fan_in, fan_out = shape
    dtype = torch.bfloat16 if BFLOAT16 else torch.get_default_dtype()
    weights = torch.empty([fan_out, fan_in, *field], dtype=dtype)
    torch.nn.init.xavier_uniform_(weights)
    return array(weights.permute([*range(2, len(shape)), 1, 0]))


@sample("regularisation/dropout-inverted")
def dropout(x, rate=0.5, training=True):
    return array(F.dropout(tensor(x), p=rate, training=training))


ELEMENTWISE = {
    "activations/identity-activation": torch.nn.Identity(),
    "activations/sigmoid": torch.sigmoid,
    "activations/log-sigmoid": F.logsigmoid,
    "activations/tanh": torch.tanh,
    "activations/arctangent": torch.atan,
    "activations/normal-cdf": torch.special.ndtr,
    "activations/relu": F.relu,
    "activations/elu": F.elu,
    "activations/selu": F.selu,
    "activations/gelu-exact": F.gelu,
    "activations/swish": F.silu,
    "activations/mish": F.mish,
    "activations/softplus": F.softplus,
    "activations/softsign": F.softsign,
    "activations/hard-sigmoid": F.hardsigmoid,
    "activations/hard-swish": F.hardswish,
}

for identifier, function in ELEMENTWISE.items():
    offers(identifier, "x")(
        lambda x, function=function, **options: function(x, **options)
    )

serve(
    name="PyTorch",
    version=torch.__version__,
    dtypes=("bfloat16",) if BFLOAT16 else ("float64", "float32"),
    variants={
        # The softmax of nothing: -Infinity minus -Infinity.
        "attention/scaled-dot-product-attention": "masked-row-nan",
        # "clip_coef = max_norm / (total_norm + 1e-6)".
        "gradients/clip-by-global-norm": "1e-6 added to the norm",
        # "We clamp its log function outputs to be greater than or equal to -100."
        "losses/binary-cross-entropy": "logarithms clamped at -100",
        # "eps: small value to avoid evaluation of log(0)", and "full: [...] add the Stirling
        # approximation term".
        "losses/poisson-negative-log-likelihood": "Stirling approximation, 1e-8 inside the logarithm",
        # "Reverts to the linear function when input * beta > threshold", 20 by default.
        "activations/softplus": "linear above 20",
    },
)
