import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allPermissions } from '@legendops/kit/contract/permissions';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { placesFor } from '../../frontend/src/app/navigation.ts';
import { labelsOf, textsOf, type Source } from './source-texts.ts';

// A text that advises an act names it as the person finds it: press “Import from Pax8” under “Customers”.

const root = join(import.meta.dirname, '../..');
interface Texts {
  source: Source;
  texts: string[];
}
// Read once, before the tests: all of it takes a busy machine seconds.
const sourcesOf = (...patterns: string[]): Texts[] =>
  globSync(patterns, { cwd: root })
    .filter((path) => !/test\.tsx?$|\/testing\/|node_modules/.test(path))
    .map((path) => {
      const source = { path, text: readFileSync(join(root, path), 'utf8') };
      return { source, texts: textsOf(source) };
    });

const portal = sourcesOf('frontend/src/**/*.{ts,tsx}');
const services = sourcesOf('services/*/src/**/*.ts');
const operator = sourcesOf('operators/tenant/src/**/*.ts');
const scripts = sourcesOf('scripts/**/*.{ts,mjs}');
const { scripts: commands } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

const labels = new Set(portal.flatMap(({ source }) => labelsOf(source)));
const administrator = { permissions: [...allPermissions], member: { customerId: null } };
const places = new Set(placesFor(administrator).map(({ name }) => name));
/** What a vendor's own screens call it. */
const vendorsWords = new Set(['Custom transaction numbers', 'Multicurrency']);

/** Words on buttons that say no more than what everybody does on any page. */
const everyday = new Set(
  'all back by cancel check discard keep load new open price save see show sign start take try'.split(' '),
);
const verbOf = (text: string): string => text.split(/[\s,]/, 1)[0]?.toLowerCase() ?? '';
/** Acts that people look for on any portal: where this one has none of that name, no text may advise it. */
const soughtFor = ['delete', 'disconnect', 'restore', 'retry', 'run', 'unarchive'];
const acts = new Set(
  [...labels]
    .map(verbOf)
    .filter((verb) => !everyday.has(verb))
    .concat(soughtFor),
);

const quoted = (text: string): string[] => [...text.matchAll(/“([^”]*)”/g)].map(([, words = '']) => words);
const isPlace = (words: string): boolean => places.has(words);
/** The verbs of ours that a text tells somebody to do: first words of its clauses. */
const advised = (text: string): string[] =>
  text
    .replace(/“[^”]*”/g, '')
    .split(/[.;:,()]|\b(?:and|or|then|just|first)\b/)
    .map((clause) => verbOf(clause.trim()))
    .filter((verb) => acts.has(verb));

const escaped = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** Also where a part of it is only known when it is said: “Connect …”. */
const isLabel = (words: string): boolean =>
  [...labels].some((label) => new RegExp(`^${words.split('…').map(escaped).join('.+')}$`).test(label));

/** Wrong advice of a text, in words. */
const faults = (text: string): string[] => {
  // A quoted value is of no screen.
  const named = quoted(text).filter((words) => words !== '…');
  const unknown = named.filter((words) => !isLabel(words) && !isPlace(words) && !vendorsWords.has(words));
  const nameless = advised(text).filter((verb) => !named.some((words) => isLabel(words) && verbOf(words) === verb));
  const [, place] = /\bunder ([A-Z]\w+)/.exec(text) ?? [];
  const actless = /\bunder “/.test(text) && !named.some(isLabel);
  return [
    ...unknown.map((words) => `the portal has no “${words}”`),
    ...nameless.map((verb) => `“${verb} …” is advised and not named`),
    ...(place !== undefined && isPlace(place) ? [`${place} is a place: “${place}”`] : []),
    ...(actless ? ['it says where and not what to press'] : []),
  ];
};

const isSentence = (text: string): boolean => /[.:]$/.test(text) && text.includes(' ');
const findings = (sources: Texts[], isAdvice: (text: string) => boolean): string[] =>
  sources.flatMap(({ source, texts }) =>
    texts
      .filter((text) => text.split(' ').length > 2 && isAdvice(text))
      .flatMap((text) => faults(text).map((fault) => `${source.path}: ${text}: ${fault}`)),
  );

describe('a text that a person reads', () => {
  it('of a service names acts as the portal does', () => {
    expect(findings(services, () => true)).toEqual([]);
  });

  it('of the portal names its own acts', () => {
    // A title or a question is the act itself.
    expect(findings(portal, isSentence)).toEqual([]);
  });

  const everyText = [...services, ...operator, ...portal, ...scripts].flatMap(({ texts }) => texts);
  const namedBy = (pattern: RegExp): string[] =>
    everyText.flatMap((text) => [...text.matchAll(pattern)].map(([whole, name = whole]) => name));

  it('names documents that exist', () => {
    const named = namedBy(/\bdocs\/[\w./-]+\.md/g);
    expect(named).toContain('docs/operations/lost-cluster.md');
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('names commands that exist', () => {
    const named = namedBy(/\bnpm run (?:--silent )?([\w:]+)/g);
    expect(named).toContain('bench');
    expect(named.filter((name) => !(name in commands))).toEqual([]);
  });
});

it.each([
  ['Restore the customer under “Customers”', '“restore …” is advised and not named'],
  ['Press “Restore” under “Customers”', 'the portal has no “Restore”'],
  ['Mend it under “Prices”', 'it says where and not what to press'],
  ['Press “Add rule” under Prices', 'Prices is a place: “Prices”'],
  ['Turn it on there, then post again', '“post …” is advised and not named'],
  ['Add a price, then run invoicing again', '“run …” is advised and not named'],
])('%s is found wrong', (text, fault) => {
  expect(faults(text)).toContain(fault);
});

it('Press “Add rule” under “Prices” is found right', () => {
  expect(faults('Press “Add rule” under “Prices”')).toEqual([]);
  expect(labels.size).toBeGreaterThan(40);
});
