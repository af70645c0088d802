/*
 * What LaTeX commands look like as Unicode text. Only commands that lose nothing by it stand
 * here: a formula with any other is shown as LaTeX.
 */

export const symbols: Readonly<Record<string, string>> = {
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  epsilon: 'ε',
  varepsilon: 'ε',
  zeta: 'ζ',
  eta: 'η',
  theta: 'θ',
  kappa: 'κ',
  lambda: 'λ',
  mu: 'μ',
  nu: 'ν',
  xi: 'ξ',
  pi: 'π',
  rho: 'ρ',
  sigma: 'σ',
  tau: 'τ',
  phi: 'φ',
  varphi: 'φ',
  chi: 'χ',
  psi: 'ψ',
  omega: 'ω',
  Gamma: 'Γ',
  Delta: 'Δ',
  Theta: 'Θ',
  Lambda: 'Λ',
  Pi: 'Π',
  Sigma: 'Σ',
  Phi: 'Φ',
  Psi: 'Ψ',
  Omega: 'Ω',
  ell: 'ℓ',
  infty: '∞',
  partial: '∂',
  nabla: '∇',
  prime: '′',
  emptyset: '∅',
  top: 'ᵀ',
  ldots: '…',
  dots: '…',
  cdots: '⋯',
  lVert: '‖',
  rVert: '‖',
  lvert: '|',
  rvert: '|',
  lfloor: '⌊',
  rfloor: '⌋',
  lceil: '⌈',
  rceil: '⌉',
  langle: '⟨',
  rangle: '⟩',
  '|': '‖',
  '{': '{',
  '}': '}',
  '%': '%',
  _: '_',
};

/** Set with a space on either side. */
export const relations: Readonly<Record<string, string>> = {
  le: '≤',
  leq: '≤',
  ge: '≥',
  geq: '≥',
  ne: '≠',
  neq: '≠',
  approx: '≈',
  equiv: '≡',
  propto: '∝',
  in: '∈',
  notin: '∉',
  to: '→',
  rightarrow: '→',
  mapsto: '↦',
  Rightarrow: '⇒',
  iff: '⇔',
  pm: '±',
  times: '×',
  odot: '⊙',
  cdot: '·',
  mid: '|',
  sim: '~',
  ll: '≪',
  gg: '≫',
  land: '∧',
  lor: '∨',
  cup: '∪',
  cap: '∩',
  subset: '⊂',
};

/** Operators whose limits stand below and above them. */
export const bigOperators: Readonly<Record<string, string>> = {
  sum: '∑',
  prod: '∏',
  int: '∫',
};

/** Functions, set upright, with a space before their argument. */
export const functions: ReadonlySet<string> = new Set(
  'log ln exp max min sup inf sin cos tan tanh sinh cosh arctan arcsin arccos det arg lim'.split(
    ' ',
  ),
);

/** Accents, as combining characters after the letter. */
export const accents: Readonly<Record<string, string>> = {
  hat: '\u0302',
  bar: '\u0304',
  tilde: '\u0303',
  dot: '\u0307',
};

/** Spacing that the text keeps as a space, or drops. */
export const spaces: Readonly<Record<string, string>> = {
  ',': ' ',
  ';': ' ',
  ':': ' ',
  ' ': ' ',
  '!': '',
  quad: '\u2003',
  qquad: '\u2003\u2003',
};

const superscripts = new Map(
  zip(
    '0123456789+-−=()nijkxtTabcdefghlmoprsuvwyzβγδθ∗',
    '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱʲᵏˣᵗᵀᵃᵇᶜᵈᵉᶠᵍʰˡᵐᵒᵖʳˢᵘᵛʷʸᶻᵝᵞᵟᶿ*',
  ),
);
const subscripts = new Map(
  zip('0123456789+-−=()aehijklmnoprstuvxβγρφχ', '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ'),
);

/** A text raised, or undefined where Unicode lacks one of its characters. */
export const raised = (text: string): string | undefined => translate(text, superscripts);

/** A text lowered, or undefined where Unicode lacks one of its characters. */
export const lowered = (text: string): string | undefined => translate(text, subscripts);

function zip(from: string, to: string): [string, string][] {
  const targets = [...to];
  return [...from].map((character, index) => [character, targets[index]!]);
}

function translate(text: string, map: ReadonlyMap<string, string>): string | undefined {
  const characters = [...text].map((character) => map.get(character));
  return characters.includes(undefined) ? undefined : characters.join('');
}
