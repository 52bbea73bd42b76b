import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';

const calc = async (parameters: string[], input = '') => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'calc.ts'), ...parameters]);
  child.stdin.end(input);
  const [out, errors, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { out, errors, status: status as number };
};
const lines = (out: string): unknown[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

describe('npm run calc', () => {
  it('prints a result as one line of JSON, with status 0', async () => {
    const { out, errors, status } = await calc(['conductor', '{"profile":"tia-nec","awg":12}']);
    expect(lines(out)).toMatchObject([{ areaMm2: 3.30877287611, calculator: { id: 'conductor' }, warnings: [] }]);
    expect([errors, status]).toEqual(['', 0]);
  });

  it.each([
    ['conductor', '{"awg":12,"mm2":4}', 'mm2', 'given-twice'],
    ['conductor', '{"awg":', '', 'malformed-json'],
    ['constructor', '{}', 'id', 'unknown-value'],
    ['poe-link', '{"sourceV":1e999,"loopOhm":1,"loadW":1}', 'sourceV', 'not-finite'],
  ])('prints why %s %s is refused, at %j as %s, with status 2', async (id, input, field, code) => {
    const { out, status } = await calc([id, input]);
    expect(lines(out)).toEqual([{ refused: [{ field, code, detail: expect.stringMatching(/\S/) }] }]);
    expect(status).toBe(2);
  });

  it('answers a batch line by line, in order, wrong lines at their place', async () => {
    const batch = [
      '{"id":"connector-count","input":{"points":100}}',
      '{"id":"connector-count","input":{"points":-1}}',
      'no JSON',
      '[1]',
      '{"id":7,"input":{}}',
      '{"id":"connector-count"}',
      '{"id":"connector-count","input":{"points":1},"more":1}',
      '{"id":"conductor","input":{"mm2":1}}',
    ];
    const { out, status } = await calc(['--batch'], `${batch.join('\n')}\n`);
    expect(lines(out)).toMatchObject([
      { plugs: 460 },
      { refused: [{ field: 'points', code: 'too-small' }] },
      { refused: [{ field: '', code: 'malformed-json' }] },
      { refused: [{ field: '', code: 'malformed-json' }] },
      { refused: [{ field: 'id', code: 'required' }] },
      { refused: [{ field: '', code: 'required' }] },
      { refused: [{ field: 'more', code: 'unknown-field' }] },
      { areaMm2: 1 },
    ]);
    expect(status).toBe(0);
  });

  it('keeps the order of a long batch', async () => {
    const points = Array.from({ length: 3000 }, (_, index) => index + 1);
    const { out } = await calc(
      ['--batch'],
      points.map((n) => JSON.stringify({ id: 'connector-count', input: { points: n } })).join('\n'),
    );
    expect(lines(out).map((line) => (line as { modules: number }).modules)).toEqual(
      points.map((n) => Math.ceil((n * 103) / 100)),
    );
  });

  it('says how it is used where it is not', async () => {
    const { out, errors, status } = await calc(['conductor']);
    expect([out, errors.startsWith('Usage:'), status]).toEqual(['', true, 1]);
  });
});
