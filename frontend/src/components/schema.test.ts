import { describe, expect, it } from 'vitest';
import { labelOf, readInput, saidOf, usualOf, type Schema } from './schema.ts';

const schema: Schema = {
  type: 'object',
  required: ['lengthM', 'conductor'],
  properties: {
    profile: { type: 'string', const: 'tia-nec', default: 'tia-nec' },
    lengthM: { type: 'number', unit: 'm', description: 'Length' },
    conductor: {
      type: 'object',
      properties: {
        awg: { enum: [12, 14, '1/0'] },
        stranded: { type: 'boolean', default: true },
      },
    },
    cables: { type: 'array', items: { type: 'object', properties: { count: { type: 'integer' } } } },
    lossesDb: { type: 'array', items: { type: 'number' } },
    from: { type: 'object', properties: { xM: { type: 'number' } } },
  },
};

const read = (form: Record<string, string>, rows = {}) => readInput(schema, (name) => form[name], rows);

describe('what a form says', () => {
  it('is the input of the calculator, each value of its type', () => {
    expect(
      read(
        {
          profile: 'tia-nec',
          lengthM: '12,5',
          'conductor.awg': '12',
          'conductor.stranded': 'on',
          'cables.0.count': '3',
          'cables.1.count': '4',
          lossesDb: '0.5 0.75',
          'from.xM': '-3',
        },
        { cables: 2 },
      ),
    ).toEqual({
      profile: 'tia-nec',
      lengthM: 12.5,
      conductor: { awg: 12, stranded: true },
      cables: [{ count: 3 }, { count: 4 }],
      lossesDb: [0.5, 0.75],
      from: { xM: -3 },
    });
  });

  it('leaves out what is empty, and sends what is no number as it is', () => {
    expect(read({ lengthM: 'long', 'conductor.awg': '1/0' })).toEqual({
      lengthM: 'long',
      conductor: { awg: '1/0', stranded: false },
      cables: [{}],
    });
  });
});

it('what was said before stands in the fields again', () => {
  const said = { runM: 40, copper: { shielded: false, roomCordM: null }, lossesDb: [0.5, 0.75], none: [] };
  expect(['runM', 'copper.shielded', 'lossesDb', 'copper'].map((path) => saidOf(said, path))).toEqual([
    '40',
    'false',
    '0.5 0.75',
    '',
  ]);
  for (const path of ['copper.roomCordM', 'none', 'fibre.fibre', 'runM.x']) expect(saidOf(said, path)).toBeUndefined();
});

it('a field is called by what it means and its unit', () => {
  expect(labelOf('lengthM', { description: 'Length', unit: 'm' })).toBe('Length (m)');
  expect(labelOf('count', { description: 'How many', unit: '1' })).toBe('How many');
  expect([usualOf({ default: 3 }), usualOf({ default: [] }), usualOf({})]).toEqual(['3', undefined, undefined]);
});
