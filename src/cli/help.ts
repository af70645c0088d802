/** Each fits on a screen of 24 lines and 80 columns, and a test holds it to that. */
export const help = {
  touchstone: `touchstone: judges implementations of machine-learning formulas

Usage
  touchstone check SUBJECT [FORMULA…]   judge a module, a package or a program
  touchstone doctor SUBJECT             try a subject: one call of each formula
  touchstone list [GLOB…]               the formulas of the catalogue
  touchstone show FORMULA               one formula: mathematics, laws, mistakes

Options
  --help       of a command too: touchstone check --help
  --version

Exit code
  0  conformant     1  not conformant     2  could not be judged

Example
  npx touchstone check ./mine.js 'losses/*'
`,
  check: `touchstone check SUBJECT [FORMULA…]   judges an implementation

SUBJECT   ./mine.js, the name of a package, or --command "python3 mine.py"
FORMULA   ids or globs, losses/huber 'losses/*'; none: the whole catalogue

  --level LEVEL          smoke, standard, exhaustive: 20, 100, 1000 runs each
  --strict               also: accurate tails, refusal of every forbidden input
  --dtype DTYPE          float64, float32, float16, bfloat16; else its choice
  --seed N               another draw of inputs; else 1
  --path P               replay one failure, as its report says
  --timeout MS           how long a call may take
  --isolate HOW          thread, or process for a module that may crash
  --reporter NAME[=FILE] console, json or junit; may be given several times

Exit code: 0 conformant, 1 not conformant, 2 could not be judged

Example
  npx touchstone check ./mine.js 'losses/*' --reporter console \\
    --reporter junit=touchstone.xml
`,
  doctor: `touchstone doctor SUBJECT   tries a subject before it is judged

Starts it, asks what it offers, and calls each formula once. Says which ids are
misspelt, which variants are declared and what is not offered. Judges no value.

SUBJECT   ./mine.js, the name of a package, or --command "python3 mine.py"

  --dtype DTYPE     float64, float32, float16 or bfloat16; else the subject's
  --timeout MS      how long a call may take
  --isolate HOW     thread, or process for a module that may crash

Exit code: 0 every call was answered, 1 some were not, 2 it did not start

Example
  npx touchstone doctor --command "python3 mine.py"
`,
  list: `touchstone list [GLOB…]   prints the ids of formulas, one a line

GLOB   'losses/*'; none: the whole catalogue. Quote it, or the shell expands it.

Exit code: 0, or 2 if a glob matches nothing

Example
  npx touchstone list 'activations/*'
`,
  show: `touchstone show FORMULA   explains a formula

Its mathematics, inputs, output, errors, laws, variants, known mistakes and
sources, and a call to try.

FORMULA   an id of touchstone list, or its last part: huber for losses/huber

  --latex   print the mathematics as LaTeX

Exit code: 0, or 2 if there is no such formula

Example
  npx touchstone show losses/huber
`,
} as const;
