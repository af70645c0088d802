import { parse } from 'acorn';

/*
 * Loads a module, and the formulas and properties it imports, with every operation rounded to
 * float32: `import('./huber.ts?float32')`. What JavaScript computes in double precision is then
 * what a library in single precision computes, operation by operation.
 */

const QUERY = '?float32';
/** Only what computes formulas is rounded; the kernel's functions are rounded once, at their result. */
const ROUNDED = /\/(properties|src\/formulas)\/[^?]*$/;
const ARITHMETIC = new Set(['+', '-', '*', '/', '%', '**']);

export async function resolve(specifier, context, nextResolve) {
  const rounded = specifier.endsWith(QUERY) || (context.parentURL ?? '').endsWith(QUERY);
  if (!rounded) return nextResolve(specifier, context);
  const plain = specifier.replace(QUERY, '');
  const parentURL = context.parentURL?.replace(QUERY, '');
  const resolved = await nextResolve(plain, { ...context, parentURL });
  return ROUNDED.test(resolved.url) ? { ...resolved, url: resolved.url + QUERY } : resolved;
}

export async function load(url, context, nextLoad) {
  if (!url.endsWith(QUERY)) return nextLoad(url, context);
  const loaded = await nextLoad(url.slice(0, -QUERY.length), context);
  return { ...loaded, source: roundEveryOperation(String(loaded.source)) };
}

/** The same program with the result of each operation and call, and each constant, in float32. */
export function roundEveryOperation(source) {
  const program = parse(source, { ecmaVersion: 'latest', sourceType: 'module' });
  const prelude =
    "const $round = (value) => typeof value === 'number' ? Math.fround(value) : value;\n";
  return prelude + emit(program, source);
}

/** The blank before each call parts it from a keyword: minified sources have `return-x`. */
function emit(node, source) {
  const text = withChildren(node, source);
  switch (node.type) {
    case 'BinaryExpression':
      return ARITHMETIC.has(node.operator) ? ` $round(${text})` : text;
    case 'AssignmentExpression': {
      const operator = node.operator.slice(0, -1);
      if (!ARITHMETIC.has(operator)) return text;
      // The target is written twice: the sources assign to names and plain elements only.
      const target = source.slice(node.left.start, node.left.end);
      return `(${target} = $round(${target} ${operator} (${emit(node.right, source)})))`;
    }
    case 'CallExpression':
      return node.callee.type === 'Super' ? text : ` $round(${text})`;
    case 'Literal':
      return typeof node.value === 'number' && !Number.isInteger(node.value)
        ? ` $round(${text})`
        : text;
    default:
      return text;
  }
}

/** The text of a node, in which its children are emitted in their places. */
function withChildren(node, source) {
  let text = '';
  let next = node.start;
  for (const child of childrenOf(node)) {
    text += source.slice(next, child.start) + emit(child, source);
    next = child.end;
  }
  return text + source.slice(next, node.end);
}

function childrenOf(node) {
  const children = [];
  for (const [key, value] of Object.entries(node)) {
    if (key === 'parent') continue;
    // `{ x }` is one text with two nodes: emitted once, as the value it stands for.
    if (node.type === 'Property' && node.shorthand) continue;
    if (node.type === 'ExportSpecifier' || node.type === 'ImportSpecifier') continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child !== null && typeof child === 'object' && typeof child.type === 'string') {
        children.push(child);
      }
    }
  }
  return children.sort((a, b) => a.start - b.start);
}
