import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { calculators } from './list.ts';
import { inputSchema, isRefused, outputSchema, profilesOf, runCalculator } from './run.ts';
import { pathsOfNumbers, replacedAt, type Path } from './testing/numbers-in.ts';
import { sampleInputs } from './testing/sample-inputs.ts';

const samples = Object.entries(sampleInputs);
const fieldOf = (path: Path): string =>
  path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');

describe('every calculator', () => {
  it('is in the samples and has an id of its own', () => {
    const ids = calculators.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.keys(sampleInputs).sort()).toEqual([...ids].sort());
  });

  it.each(calculators.map((one) => [one.id, one] as const))(
    '%s says unit, meaning and source of all it has',
    (_, one) => {
      expect(one.version).toBeGreaterThan(0);
      expect(profilesOf(one).length).toBeGreaterThan(0);
      for (const [name, field] of [...Object.entries(one.input), ...Object.entries(one.output)]) {
        const { unit, description } = z.toJSONSchema(field, { io: 'input' }) as { unit?: string; description?: string };
        const nullable = (z.toJSONSchema(field) as { anyOf?: { unit?: string; description?: string }[] }).anyOf?.[0];
        expect([name, unit ?? nullable?.unit, description ?? nullable?.description]).toEqual([
          name,
          expect.any(String),
          expect.stringMatching(/\S/),
        ]);
      }
      for (const { name, value, source } of one.constants)
        expect([name, Number.isNaN(value), source]).toEqual([
          expect.stringMatching(/\S/),
          false,
          expect.stringMatching(/\S/),
        ]);
    },
  );

  it.each(samples)('%s answers a sample with what its schema says, the same twice, by each profile', (id, input) => {
    const one = calculators.find((each) => each.id === id);
    if (!one) throw new Error(id);
    for (const profile of profilesOf(one)) {
      const result = runCalculator(id, {
        ...input,
        profile,
        ...(id === 'ampacity' && profile === 'iso-iec' ? iecConductor : {}),
      });
      if (isRefused(result)) throw new Error(JSON.stringify(result));
      const { calculator, profile: ran, steps, warnings, ...output } = result;
      expect(outputSchema(one).safeParse(output).error).toBeUndefined();
      expect([calculator, ran.id]).toEqual([{ id, version: one.version }, profile]);
      expect(steps.length).toBeGreaterThan(0);
      expect(warnings.every(({ code, source }) => code !== '' && source !== '')).toBe(true);
      expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    }
    expect(runCalculator(id, input)).toEqual(runCalculator(id, input));
  });

  const wrong = [NaN, Infinity, -Infinity, '1', null, true, [], {}, -1e9, 1e12];
  const hostile = samples.flatMap(([id, input]) =>
    pathsOfNumbers(input).flatMap((path) => wrong.map((by) => ({ id, input, path, by }))),
  );
  it(`refuses, at the field, each of ${hostile.length} wrong values`, () => {
    for (const { id, input, path, by } of hostile) {
      const result = runCalculator(id, replacedAt(input, path, by));
      const fields = isRefused(result) ? result.refused.map(({ field }) => field) : [];
      expect([id, by, fields]).toEqual([id, by, [fieldOf(path)]]);
    }
  });

  it.each(samples)('%s refuses fields that it does not have, and inputs that are none', (id, input) => {
    const codes = (given: unknown): string[] => {
      const result = runCalculator(id, given);
      return isRefused(result) ? result.refused.map(({ field, code }) => `${field} ${code}`) : [];
    };
    expect(codes({ ...input, surprise: 1 })).toEqual(['surprise unknown-field']);
    expect(codes(JSON.parse('{"__proto__":1}'))).not.toEqual([]);
    expect(codes({ ...input, profile: 'din' })).toEqual(['profile unknown-value']);
    for (const none of [undefined, null, 1, 'x', []])
      expect(codes(none)).toEqual([expect.stringMatching(/^ (required|wrong-type|not-finite)$/)]);
  });

  it('has a strict input', () => {
    for (const one of calculators)
      expect(z.toJSONSchema(inputSchema(one), { io: 'input' })).toMatchObject({ additionalProperties: false });
  });
});

const iecConductor = { conductor: { mm2: 2.5 }, insulationC: 70, method: 'C', terminalC: undefined };

it.each(['', 'constructor', '__proto__', 'toString', 'Conductor', 'no-such'])('knows no calculator %j', (id) => {
  expect(runCalculator(id, {})).toMatchObject({ refused: [{ field: 'id', code: 'unknown-value' }] });
});

it('tells at most twenty wrong fields, and long names in short', () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`${'x'.repeat(1000)}${index}`, 1]));
  const result = runCalculator('conductor', many);
  if (!isRefused(result)) throw new Error('answered');
  expect(result.refused).toHaveLength(20);
  expect(JSON.stringify(result).length).toBeLessThan(5000);
});

it('names what is possible beside what is wrong', () => {
  const detailOf = (id: string, input: object): string => {
    const result = runCalculator(id, input);
    return isRefused(result) ? (result.refused[0]?.detail ?? '') : '';
  };
  const cable = (diameterMm: unknown) => ({ conduit: { type: 'EMT' }, cables: [{ diameterMm, count: 1 }] });
  expect([-1, 1e-300, 0.09, 501, '6', Number.NaN].map((mm) => detailOf('conduit-fill', cable(mm)))).toEqual([
    'At least 0.1 is needed (0.1 to 500 mm)',
    'At least 0.1 is needed (0.1 to 500 mm)',
    'At least 0.1 is needed (0.1 to 500 mm)',
    'At most 500 is possible (0.1 to 500 mm)',
    'Expected here: number; this is the text "6" (0.1 to 500 mm)',
    'A finite number is needed (0.1 to 500 mm)',
  ]);
  expect(detailOf('connector-count', { points: 1.5 })).toBe('A whole number is needed, this is 1.5 (1 to 100000)');
  expect(detailOf('connector-count', {})).toBe('Missing: number (1 to 100000)');
});

it('a cable that is thicker than every conduit is none that fits, and of which none goes in', () => {
  const result = runCalculator('conduit-fill', { conduit: { type: 'EMT' }, cables: [{ diameterMm: 300, count: 1 }] });
  expect(result).toMatchObject({ fits: false, maxCount: 0, smallestTradeSize: null });
});
