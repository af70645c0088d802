import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Inputs, Value } from '../../src/conformance/spec.js';

/*
 * The oracles of the goldens, asked at any inputs: `golden/evaluate.py` at the end of a pipe.
 */

/** An exact number: the nearest double, and how far above it, as a multiple of the gap there. */
export interface Exact {
  readonly nearest: number;
  readonly rest: number;
}

/** What a question is answered: null where a gradient does not exist. */
export type ExactNumbers = readonly (Exact | null)[];

export interface ExactAnswer {
  /** The code of the refusal, where there is nothing else. */
  readonly refused?: string;
  /** A value under `output`, a gradient under its inputs. */
  readonly numbers: Readonly<Record<string, ExactNumbers>>;
}

export interface OracleQuestion {
  readonly formula: string;
  readonly inputs: Inputs;
  /** Asks for the gradient. */
  readonly cotangent?: Value;
}

const script = fileURLToPath(new URL('../../golden/evaluate.py', import.meta.url));

/** The first Python that has mpmath; undefined if none has. */
export function findPython(): string | undefined {
  return [process.env.PYTHON, 'python3', '/usr/bin/python3'].find(
    (command) => command !== undefined && spawnSync(command, ['-c', 'import mpmath']).status === 0,
  );
}

/** Processes that share the questions. */
const PROCESSES = 2;

/** Asks the oracles, and answers in the order of the questions. */
export async function askOracle(
  python: string,
  questions: readonly OracleQuestion[],
): Promise<readonly ExactAnswer[]> {
  // Dealt out in turn, because questions that follow one another cost alike.
  const hands = Array.from({ length: PROCESSES }, (_, hand) =>
    askProcess(
      python,
      questions.filter((_, i) => i % PROCESSES === hand),
    ),
  );
  const answers = await Promise.all(hands);
  return questions.map((_, i) => answers[i % PROCESSES]![Math.floor(i / PROCESSES)]!);
}

async function askProcess(
  python: string,
  questions: readonly OracleQuestion[],
): Promise<readonly ExactAnswer[]> {
  if (questions.length === 0) return [];
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const chunks: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  // A process that has died tells why by its exit code and on its error output.
  child.stdin.on('error', () => {});
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  child.stdin.end(questions.map((question) => `${JSON.stringify(written(question))}\n`).join(''));
  const code = await ended;
  const lines = chunks.join('').trimEnd().split('\n');
  if (code !== 0 || lines.length !== questions.length) {
    throw new Error(
      `accuracy: oracle must answer ${questions.length} questions, got ${lines.length} answers and exit code ${code}`,
    );
  }
  return lines.map((line) => read(JSON.parse(line) as WrittenAnswer));
}

// ---- the lines of evaluate.py ------------------------------------------------------------

type WrittenNumbers = readonly (readonly [number | string, number] | null)[];
type WrittenAnswer = WrittenNumbers | { refused: string } | Record<string, WrittenNumbers>;

function written(value: unknown): unknown {
  if (typeof value === 'number') {
    if (Object.is(value, -0)) return '-0';
    return Number.isFinite(value) ? value : String(value);
  }
  if (typeof value !== 'object' || value === null) return value;
  if (isArrayLike(value)) return nested(value.shape, [...value.data].map(written));
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, written(part)]));
}

function isArrayLike(value: object): value is { shape: readonly number[]; data: Float64Array } {
  return 'data' in value && value.data instanceof Float64Array;
}

function nested(shape: readonly number[], elements: readonly unknown[]): unknown {
  const [length, ...inner] = shape;
  if (length === undefined) return elements[0];
  const size = elements.length / length;
  return Array.from({ length }, (_, i) => nested(inner, elements.slice(i * size, (i + 1) * size)));
}

function read(answer: WrittenAnswer): ExactAnswer {
  if (Array.isArray(answer)) return { numbers: { output: numbersOf(answer) } };
  if ('refused' in answer) return { refused: String(answer.refused), numbers: {} };
  const parts = Object.entries(answer as Record<string, WrittenNumbers>);
  return { numbers: Object.fromEntries(parts.map(([name, list]) => [name, numbersOf(list)])) };
}

function numbersOf(list: WrittenNumbers): ExactNumbers {
  return list.map((number) =>
    number === null ? null : { nearest: Number(number[0]), rest: number[1] },
  );
}
