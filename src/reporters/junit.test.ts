import { describe, expect, it } from 'vitest';
import { junitReport } from './junit.js';
import { sampleReport } from './sample-report.fixture.js';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w+));|&/g, (match, code, name) => {
    if (code !== undefined) return String.fromCharCode(Number(code));
    if (entities[name] === undefined) throw new SyntaxError(`stray ${match}`);
    return entities[name];
  });
}

/** Reads the XML that the reporter writes, and throws at anything that is not well formed. */
function parseXml(xml: string): Element {
  const body = xml.replace(/^<\?xml version="1.0" encoding="UTF-8"\?>\n/, '');
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const tag = /<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>|([^<]+)/gy;
  let read = 0;
  for (let match = tag.exec(body); match !== null; match = tag.exec(body)) {
    read = tag.lastIndex;
    const [, closing, name = '', attributes = '', empty, text] = match;
    const parent = open.at(-1)!;
    if (text !== undefined) {
      parent.text += unescaped(text);
    } else if (closing === '/') {
      if (open.pop()!.name !== name) throw new SyntaxError(`${name} closes another element`);
    } else {
      const pairs = [...attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)];
      const element: Element = {
        name,
        attributes: Object.fromEntries(pairs.map(([, key, value]) => [key!, unescaped(value!)])),
        children: [],
        text: '',
      };
      parent.children.push(element);
      if (empty !== '/') open.push(element);
    }
  }
  if (read !== body.length) throw new SyntaxError(`cannot read ${body.slice(read, read + 40)}`);
  if (open.length !== 1) throw new SyntaxError(`${open.at(-1)!.name} is not closed`);
  return root.children[0]!;
}

describe('JUnit report', () => {
  const suites = parseXml(junitReport(sampleReport));

  it('has a suite for each formula and a case for each check', () => {
    expect(suites.children.map(({ attributes }) => attributes)).toMatchInlineSnapshot(`
      [
        {
          "errors": "0",
          "failures": "7",
          "name": "losses/huber",
          "skipped": "0",
          "tests": "7",
        },
        {
          "errors": "0",
          "failures": "2",
          "name": "losses/log-cosh",
          "skipped": "0",
          "tests": "2",
        },
        {
          "errors": "0",
          "failures": "0",
          "name": "losses/mean-squared-error",
          "skipped": "2",
          "tests": "4",
        },
        {
          "errors": "0",
          "failures": "0",
          "name": "activations/gelu",
          "skipped": "0",
          "tests": "1",
        },
        {
          "errors": "3",
          "failures": "0",
          "name": "activations/softmax",
          "skipped": "0",
          "tests": "3",
        },
        {
          "errors": "0",
          "failures": "0",
          "name": "activations/swish",
          "skipped": "1",
          "tests": "1",
        },
      ]
    `);
  });

  it('counts what the suites contain', () => {
    const cases = suites.children.flatMap(({ children }) =>
      children.filter(({ name }) => name === 'testcase'),
    );
    const count = (name: string): string =>
      String(cases.filter(({ children }) => children.some((child) => child.name === name)).length);
    expect(suites.attributes).toEqual({
      name: 'touchstone: my-library 1.2.0',
      tests: String(cases.length),
      failures: count('failure'),
      errors: count('error'),
      time: '1.234',
    });
  });

  it('tells how to run it again, in every suite', () => {
    for (const { children } of suites.children) {
      const properties = children[0]!.children.map(({ attributes }) => [
        attributes.name,
        attributes.value,
      ]);
      expect(Object.fromEntries(properties)).toMatchObject({
        seed: '1',
        dtype: 'float32',
        level: 'standard',
        strict: 'false',
      });
    }
  });

  it('escapes markup and drops characters that XML cannot carry', () => {
    const golden = suites.children[0]!.children[3]!;
    expect(golden.children[0]!.attributes.message).toBe('wrong <value> & "quotes"');
    const unpaired = {
      ...sampleReport,
      subject: { ...sampleReport.subject, name: 'a\u0000\ud800b' },
    };
    expect(parseXml(junitReport(unpaired)).attributes.name).toBe('touchstone: ab 1.2.0');
  });

  it('gives everything that is known of a failure', () => {
    const agreement = suites.children[0]!.children[2]!;
    expect(agreement.children[0]!.text).toMatchInlineSnapshot(`
      "Huber loss agrees with the reference: error 3.2e+5 of budget at output[2]
      expected: 1.5
      got: 2.0
      call: huber({ prediction: [-0, 0], target: [NaN, 2], delta: 1 })
      replay: npx touchstone check ./mine.js losses/huber --seed 1 --path 12:0:3
      this is the known mistake "no half delta off the line" (classic): 100/100"
    `);
  });
});
