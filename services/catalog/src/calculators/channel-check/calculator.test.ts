import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered, examples, refusals, warningsOf } from '../testing/cases.ts';

const id = 'channel-check';
const channel = { permanentLinkM: 90, cordsM: 10, conductorAwg: 24, category: '6A' };
const pass = (more: object): unknown => answered(id, { ...channel, ...more }).pass;

describe('published', () => {
  examples(id, [
    {
      source: 'TIA-568: 90 m and 10 m make 100 m',
      input: channel,
      output: { permanentLinkLimitM: 90, channelLimitM: 100, pass: true },
    },
    { source: 'one metre more of link', input: { ...channel, permanentLinkM: 91 }, output: { pass: false } },
    {
      source: 'ANSI/TIA-568.2-D by Panduit: 82.5 m beside 10 m of 28 AWG',
      input: { ...channel, permanentLinkM: 82.5, conductorAwg: 28 },
      output: { permanentLinkLimitM: 82.5, channelLimitM: 92.5, pass: true },
    },
    {
      source: 'the same with 90 m',
      input: { ...channel, conductorAwg: 28 },
      output: { permanentLinkLimitM: 82.5, pass: false },
    },
    {
      source: 'TSB-75: 26 AWG cords of 8 m go with 90 m',
      input: { ...channel, cordsM: 8, conductorAwg: 26 },
      output: { permanentLinkLimitM: 90, channelLimitM: 98, pass: true },
    },
    {
      source: 'TSB-75: 22.5 m of 24 AWG go with 75 m',
      input: { ...channel, permanentLinkM: 75, cordsM: 22.5 },
      output: { permanentLinkLimitM: 75, pass: true },
    },
    {
      source: 'TSB-155: 10GBASE-T over 55 m of category 6',
      input: { ...channel, permanentLinkM: 45, category: '6', application: '10GBASE-T' },
      output: { channelLimitM: 55, permanentLinkLimitM: 45, pass: true },
    },
    {
      source: 'and not over 56 m',
      input: { ...channel, permanentLinkM: 46, category: '6', application: '10GBASE-T' },
      output: { channelLimitM: 55, pass: false },
    },
    {
      source: 'IEEE 802.3an: 10GBASE-T over 100 m of 6A',
      input: { ...channel, application: '10GBASE-T' },
      output: { channelLimitM: 100, pass: true },
    },
    {
      source: 'Fluke Networks: 84 m at 40 °C, unscreened',
      input: { ...channel, permanentLinkM: 84, ambientC: 40 },
      output: { permanentLinkLimitM: 84, pass: true },
    },
    {
      source: 'and not 85 m',
      input: { ...channel, permanentLinkM: 85, ambientC: 40 },
      output: { permanentLinkLimitM: 84, pass: false },
    },
    {
      source: 'IEEE 802.3bq: 40GBASE-T over 30 m of category 8',
      input: { ...channel, permanentLinkM: 24, cordsM: 6, category: '8', application: '40GBASE-T' },
      output: { channelLimitM: 30, permanentLinkLimitM: 24, pass: true },
    },
    {
      source: '40GBASE-T needs category 8',
      input: { ...channel, permanentLinkM: 20, cordsM: 2, application: '40GBASE-T' },
      output: { channelLimitM: 0, pass: false },
    },
  ]);
});

it('never names a link over 90 m, and what it names passes', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 40, noNaN: true }),
      fc.constantFrom(24, 26, 28),
      fc.double({ min: 20, max: 60, noNaN: true }),
      fc.boolean(),
      (cordsM, conductorAwg, ambientC, shielded) => {
        const given = { cordsM, conductorAwg, ambientC, shielded };
        const limit = Number(answered(id, { ...channel, ...given }).permanentLinkLimitM);
        expect(limit).toBeLessThanOrEqual(90);
        expect(pass({ ...given, permanentLinkM: limit })).toBe(true);
        expect(pass({ ...given, permanentLinkM: limit + 0.01 })).toBe(false);
      },
    ),
  );
});

it('says what 2.5 and 5 gigabit ask of older cabling', () => {
  for (const category of ['5e', '6'])
    expect(warningsOf(id, { ...channel, category, application: '5GBASE-T' })).toEqual(['conditional-support']);
  expect(warningsOf(id, { ...channel, application: '2.5GBASE-T' })).toEqual([]);
});

it('names every limit that is broken', () => {
  expect(warningsOf(id, { ...channel, permanentLinkM: 95 })).toEqual(['link-too-long', 'channel-too-long']);
  expect(warningsOf(id, { ...channel, category: '5e', application: '10GBASE-T' })).toEqual([
    'application-not-supported',
    'link-too-long',
    'channel-too-long',
  ]);
});

refusals(id, [
  [{ ...channel, category: '6a' }, 'category', 'unknown-value'],
  [{ ...channel, category: 6 }, 'category', 'unknown-value'],
  [{ ...channel, application: '10GbE' }, 'application', 'unknown-value'],
  [{ ...channel, ambientC: 61 }, 'ambientC', 'too-large'],
  [{ ...channel, permanentLinkM: 0 }, 'permanentLinkM', 'too-small'],
  [{ ...channel, shielded: 'yes' }, 'shielded', 'wrong-type'],
]);
