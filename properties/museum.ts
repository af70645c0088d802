/*
 * The museum: mistakes that real projects shipped, by the id of their record. Here is where each
 * became a known mistake of a formula, or a variant of it where the record rests on a
 * convention; and which records wait for the chapters that will bring their formulas.
 */

/** Record → formula and the name of its mistake or variant. */
export const exhibited: Readonly<Record<string, readonly [formula: string, name: string]>> = {
  'adam-bias-correction-multiplied': ['optimisers/adam', 'means multiplied by their corrections'],
  'adam-correction-without-power': [
    'optimisers/adam',
    'corrected by 1 − β, as if every step were the first',
  ],
  'adam-epsilon-hat': ['optimisers/adam', 'epsilon-hat'],
  'adam-minus-epsilon': ['optimisers/adam', 'epsilon subtracted'],
  'attention-mask-query-axis': [
    'attention/scaled-dot-product-attention',
    'mask along the queries instead of the keys',
  ],
  'attention-masked-row-nan': ['attention/scaled-dot-product-attention', 'masked-row-nan'],
  'attention-missing-scale': ['attention/scaled-dot-product-attention', 'scores not scaled'],
  'attention-scale-without-root': [
    'attention/scaled-dot-product-attention',
    'scores divided by d, not by its root',
  ],
  'bce-nan-at-exact-probabilities': ['losses/binary-cross-entropy', '0 · ln 0 taken for NaN'],
  'c-default-by-or': ['activations/leaky-relu', 'alpha 0 taken for missing'],
  'c-fill-shared-rows': [
    'metrics-classification/confusion-counts',
    'one row of the table for both classes',
  ],
  'c-kmeans-divides-by-k': [
    'classic-algorithms/kmeans-lloyd',
    'sums divided by the number of clusters',
  ],
  'c-logsoftmax-of-softmax': ['activations/log-softmax', 'logarithm of softmax'],
  'c-softmax-shift-by-mean': ['activations/softmax', 'shifted by the mean'],
  'categorical-hinge-zero-floor': ['losses/categorical-hinge', 'true class among the rivals, as 0'],
  'ce-ignore-index-denominator': ['losses/cross-entropy-from-logits', 'ignored rows counted'],
  'dice-smooth-denominator-only': ['losses/soft-dice', 'smoothing below only'],
  'dropout-rate-one-nan': ['regularisation/dropout-inverted', 'rate 1 divides 0 by 0'],
  'clip-all-zero-nan': ['gradients/clip-by-global-norm', 'NaN for gradients of 0'],
  'clip-zero-norm-zero-max': [
    'gradients/clip-by-global-norm',
    'NaN where norm and limit are both 0',
  ],
  'elu-grad-nan-untaken-branch': ['activations/elu', 'gradient through the branch not taken'],
  'focal-alpha-both-classes': ['losses/focal-loss', 'alpha for both classes'],
  'focal-alpha-reversed': ['losses/focal-loss', 'alpha for the negative class'],
  'gelu-missing-x': ['activations/gelu-tanh', 'factor x missing'],
  'hardswish-slope': ['activations/hard-swish', 'gate of slope one fifth'],
  'huber-normalised-quadratic': ['losses/huber', 'quadratic branch divided by 1 + e²'],
  'inertia-by-expansion': [
    'classic-algorithms/kmeans-lloyd',
    'inertia through ‖x‖² − 2 x·μ + ‖μ‖², which cancels',
  ],
  'js-zero-probability-nan': ['information/js-divergence', '0 · ln 0 taken for NaN'],
  'kl-mean-over-elements': ['information/kl-divergence', 'mean over elements'],
  'kl-zero-target-nan': ['information/kl-divergence', '0 · ln 0 taken for NaN'],
  'kmeans-inertia-old-centres': [
    'classic-algorithms/kmeans-lloyd',
    'inertia at the centres before the last step',
  ],
  'label-smoothing-double-eps': [
    'losses/cross-entropy-from-logits',
    'smoothing taken from the true class twice',
  ],
  'logloss-clip-below-ulp': ['losses/binary-cross-entropy', 'clipped by less than a rounding'],
  'logsumexp-pos-inf': ['activations/logsumexp', '∞ − ∞ taken for NaN'],
  'mse-broadcast-n-by-n': ['losses/mse', 'a row broadcast against a column'],
  'numgrad-forward-difference': ['gradients/numerical-gradient', 'forward difference'],
  'numgrad-leaves-input-changed': [
    'gradients/numerical-gradient',
    'x left where it was moved to last',
  ],
  'pinball-sign': ['losses/quantile', 'too high counted as a gain'],
  'poisson-stirling-wrong-mask': [
    'losses/poisson-negative-log-likelihood',
    'Stirling left out where the term, not the count, is at most 1',
  ],
  'selu-is-scaled-leaky-relu': ['activations/selu', 'leaky ReLU scaled'],
  'sigmoid-branches-swapped': ['activations/sigmoid', 'branches of the stable form exchanged'],
  'sigmoid-grad-overflow': [
    'activations/sigmoid-derivative',
    'exponential of −x, which overflows to ∞/∞',
  ],
  'softmax-global-sum': ['activations/softmax', 'divided by the sum over the whole matrix'],
  'softmax-in-place': ['activations/softmax', 'written into its argument'],
  'softmax-no-max-shift': ['activations/softmax', 'raw logits exponentiated'],
  'softplus-exp-before-log': ['activations/softplus', 'exponential overflows before the logarithm'],
  'softplus-grad-collapses': [
    'activations/softplus',
    'gradient collapses to 0 where the exponential overflows',
  ],
};

/** Records whose formulas are still to come, by chapter. */
export const waiting: Readonly<Record<string, readonly string[]>> = {
  attention: ['posenc-base-and-odd-exponent'],
  'classic-algorithms': [
    'linear-grad-cumulative',
    'pca-eigenvalues-unsorted',
    'pca-mutates-input',
    'pca-ratio-mixed-ddof',
  ],
  information: [
    'entropy-zero-probability-nan',
    'mutual-information-negative',
    'perplexity-mean-of-exp',
  ],
  initialisers: ['he-is-lecun', 'xavier-normal-three'],
  kernels: ['rbf-precedence'],
  'linear-algebra': ['pinv-via-normal-matrix'],
  'metrics-classification': [
    'balanced-accuracy-absent-class',
    'c-argmax-last-tie',
    'f1-missing-two',
    'fbeta-ignores-beta',
    'mcc-zero-marginal-nan',
    'topk-counts-ties',
  ],
  'metrics-ranking': [
    'ap-divides-by-found',
    'ap-divides-by-inspected',
    'auc-ties-only-if-adjacent',
    'ndcg-negative-relevance',
    'precision-at-k-is-recall',
    'spearman-max-rank',
    'spearman-ordinal-ranks',
  ],
  'metrics-regression': [
    'c-r2-sst-about-zero',
    'mape-signed-denominator',
    'r2-constant-target-neg-inf',
    'rmsle-is-rmse',
  ],
  newton: ['newton-zero-derivative-at-root'],
  'nn-layers': ['c-dense-transposed'],
  normalisation: [
    'layernorm-one-pass-variance',
    'minmax-integer-truncation',
    'rmsnorm-divides-by-rsqrt',
    'rmsnorm-scale-inverted',
    'standardize-near-zero-std',
  ],
  optimisers: [
    'adam-decay-ignored',
    'amsgrad-max-of-corrected',
    'nesterov-applied-twice',
    'rmsprop-eps-inside-sqrt',
    'sgd-dampened-first-step',
  ],
  probability: ['c-median-sorts-in-place', 'variance-one-pass'],
  regularisation: ['c-l2-grad-missing-two'],
  schedules: [
    'c-step-lr-rounds',
    'cosine-integer-division',
    'poly-decay-compounds',
    'warm-restart-log-rounding',
    'warmup-handover-off-by-one',
  ],
  similarity: [
    'braycurtis-signed-sum',
    'c-manhattan-no-abs',
    'cosine-norm-of-a-twice',
    'hamming-skips-first',
    'jaccard-empty-nan',
    'mahalanobis-squared',
    'minkowski-premature-overflow',
    'pairwise-sqrt-of-negative',
  ],
};
