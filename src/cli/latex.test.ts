import { describe, expect, it } from 'vitest';
import { latexToText } from './latex.js';

describe('latexToText', () => {
  it.each([
    [String.raw`\sigma(x) = \frac{1}{1 + e^{-x}}`, 'σ(x) = 1/(1 + e⁻ˣ)'],
    [String.raw`\frac1{2m}\sum_{i=1}^n(y_i-\hat y_i)^2`, '1/(2m) ∑ᵢ₌₁ⁿ (yᵢ − ŷᵢ)²'],
    [String.raw`-\frac1n\sum_i y_i\log p_i`, '−1/n ∑ᵢ yᵢ log pᵢ'],
    [String.raw`\sqrt{2/\pi} \sqrt x`, '√(2/π) √x'],
    [String.raw`\tfrac x2\left(1+\operatorname{erf}(x)\right)`, 'x/2 (1 + erf(x))'],
    [String.raw`e^{x-\max x} + p^{y_i}`, 'e^(x − max x) + p^(yᵢ)'],
    [String.raw`x_{i,j} \le \infty`, 'x_(i, j) ≤ ∞'],
    [String.raw`\text{mean over rows}`, 'mean over rows'],
    [String.raw`a \quad b`, 'a   b'],
    [String.raw`\|x\|_2`, '‖x‖₂'],
    ['a~b', 'a b'],
    [String.raw`x \in \mathbb R`, 'x ∈ ℝ'],
    [String.raw`\left.x\right|_0`, 'x|₀'],
    [String.raw`x^\top y^{\prime}`, 'xᵀ y′'],
    [String.raw`\frac{a+b}{b+c}`, '(a + b)/(b + c)'],
    [String.raw`\operatorname*{arg}_i x + \operatorname e`, 'argᵢ x + e'],
    [String.raw`\text{at $x$}`, 'at $x$'],
    [String.raw`\text x`, 'x'],
    ['', ''],
  ])('writes %s as %s', (latex, text) => {
    expect(latexToText(latex)).toBe(text);
  });

  it('lines cases up behind a brace, and goes on beside it', () => {
    const latex = String.raw`
      f = \begin{cases} x & x > 0 \\ \alpha (e^x - 1) & x \le 0 \end{cases}
      \qquad \alpha > 0`;
    expect(latexToText(latex)?.split('\n')).toEqual([
      'f = ⎧ x            x > 0      α > 0',
      '    ⎩ α (eˣ − 1)   x ≤ 0',
    ]);
  });

  it.each([
    String.raw`\mystery{x}`,
    String.raw`\frac{1}`,
    '{x',
    'x & y',
    String.raw`\begin{cases} x`,
    String.raw`\begin{matrix} x \end{matrix}`,
    String.raw`\frac{\begin{cases} 1 \\ 2 \end{cases}}{3}`,
    String.raw`\sqrt[3]{x}`,
    String.raw`\mathbb{Q}`,
    String.raw`\hat{xy}`,
    String.raw`\left`,
    String.raw`\left\mystery x\right)`,
    String.raw`\text{x`,
  ])('does not pretend to read %s', (latex) => {
    expect(latexToText(latex)).toBeUndefined();
  });

  it('sets rows that are aligned one below the other', () => {
    const latex = String.raw`\begin{aligned} x &= 1 \\ y &= 2 \end{aligned}`;
    expect(latexToText(latex)).toBe('x = 1\ny = 2');
  });
});
