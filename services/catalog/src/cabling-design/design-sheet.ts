import { minorDigits } from '@legendops/kit/contract/currency';
import type { Feed, Link, Pathway } from '../cabling-content/contract.ts';
import { z } from 'zod';
import { findCalculator } from '../calculators/run.ts';
import { isFault } from './computed.ts';
import type { BillLine, CablingDesign, DesignCheck } from './contract.ts';

/** A figure for people: two digits after the point at most. */
export const figure = (value: unknown): string => {
  if (typeof value === 'number') return Number(value.toFixed(2)).toString();
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : 'none';
};

const withUnit = (value: number, unit = ''): string =>
  unit === '1' ? figure(value) : `${figure(value)} ${unit}`.trim();

type Warning = DesignCheck['warnings'][number];

/** What was said with a limit: how much there is, and how much may be. */
export const measuredWords = ({ limit, actual, unit }: Warning): string | undefined => {
  if (actual === undefined) return undefined;
  return limit === undefined
    ? withUnit(actual, unit)
    : `${withUnit(actual, unit)} where ${withUnit(limit, unit)} is the limit`;
};

export interface Fault {
  about: string;
  calculator: string;
  warning: Warning;
}

export const faultsIn = ({ checks }: Pick<CablingDesign, 'checks'>): Fault[] =>
  checks.flatMap(({ about, calculator: { id }, warnings }) =>
    warnings.filter(isFault).map((warning) => ({ about: about.name, calculator: id, warning })),
  );

export const refusalsIn = ({ checks }: Pick<CablingDesign, 'checks'>): string[] =>
  checks.flatMap(({ about, calculator: { id }, refused }) =>
    refused.map(
      ({ field, detail }) => `${about.name}: ${id} cannot be computed${field === '' ? '' : `, ${field}`}: ${detail}`,
    ),
  );

/** What to know beside the warnings: each once, with how many things it is said of. */
export const notesIn = ({ checks }: Pick<CablingDesign, 'checks'>): { text: string; source: string }[] => {
  const said = checks.flatMap(({ about, warnings }) =>
    warnings.filter((one) => !isFault(one)).map(({ detail, source }) => ({ about: about.name, detail, source })),
  );
  return [...Map.groupBy(said, ({ detail, source }) => `${detail} ${source}`).values()].map((same) => {
    const [{ detail, source } = { detail: '', source: '' }] = same;
    const names = [...new Set(same.map(({ about }) => about))];
    const whose = names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ');
    return { text: `${detail} (${whose})`, source };
  });
};

const checksOf = (
  { checks }: Pick<CablingDesign, 'checks'>,
  part: DesignCheck['about']['part'],
  key: string,
): DesignCheck[] => checks.filter(({ about }) => about.part === part && about.key === key);

/** How a thing of the design stands. */
export const standing = (design: CablingDesign, part: DesignCheck['about']['part'], key: string): string => {
  const own = checksOf(design, part, key);
  if (own.some(({ refused }) => refused.length > 0)) return 'Not computed';
  const faults = own.flatMap(({ warnings }) => warnings.filter(isFault)).length;
  if (faults === 0) return own.length === 0 ? 'Nothing to compute' : 'Keeps its limits';
  return faults === 1 ? '1 warning' : `${faults} warnings`;
};

export const cableWords = ({ copper, fibre }: Link): string =>
  copper === null
    ? [fibre?.fibre, fibre?.application].filter(Boolean).join(', ')
    : [`Cat ${copper.category}`, copper.application, copper.poeClass === null ? null : `PoE class ${copper.poeClass}`]
        .filter((one) => one !== null)
        .join(', ');

/** As measured, or as computed from the way it takes. */
export const runOf = (design: CablingDesign, { key, runM }: Link): string => {
  if (runM !== null) return figure(runM);
  const run = checksOf(design, 'link', key).find(({ calculator: { id } }) => id === 'horizontal-run');
  return run?.output == null ? '' : figure(run.output.lengthM);
};

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

export const pathwayWords = ({ conduit, tray, links }: Pathway): string => {
  const size =
    conduit === null
      ? `Tray ${figure(tray?.widthMm)} × ${figure(tray?.depthMm)} mm at ${figure(tray?.fillPercent)} %`
      : `Conduit ${conduit.type}${conduit.tradeSize === null ? '' : ` ${conduit.tradeSize}`}, ${counted(conduit.bends, 'bend')}`;
  return `${size}, ${counted(links.length, 'link')}`;
};

// What may be missing, or null, says its unit and meaning inside.
const metaOf = (schema: z.ZodType | undefined): Record<string, unknown> => {
  const inner = schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? schema.unwrap() : undefined;
  return { ...(inner === undefined ? {} : metaOf(inner as z.ZodType)), ...schema?.meta() };
};

const answerWord = (id: string, [name, value]: [string, unknown]): string => {
  const { description, unit } = metaOf(findCalculator(id)?.output[name]);
  const [meaning = name] = typeof description === 'string' ? description.split(';') : [];
  return `${meaning}: ${typeof value === 'number' ? withUnit(value, figure(unit)) : figure(value)}`;
};

/** What the calculators of a thing answered, each figure by its meaning. */
export const answerWords = (design: CablingDesign, part: 'pathway' | 'feed', { key }: Pathway | Feed): string =>
  checksOf(design, part, key)
    .flatMap(({ calculator: { id }, output }) => Object.entries(output ?? {}).map((one) => answerWord(id, one)))
    .join(', ');

export const feedWords = ({ poeSource, calculation }: Feed): string =>
  poeSource === null
    ? (findCalculator(calculation?.calculator ?? '')?.title ?? '')
    : `PoE source of ${figure(poeSource.budgetW)} W, ${counted(poeSource.links.length, 'link')}`;

/** Minor units as people write them, with as many digits after the point as the currency has. */
export const amountWords = (minor: string | null, currency: string | null): string => {
  if (minor === null || currency === null) return '';
  const digits = minorDigits(currency);
  const padded = minor.padStart(digits + 1, '0');
  return digits === 0 ? minor : `${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
};

export const quantityWords = ({ quantity, packages, packSize, unit }: BillLine): string => {
  if (quantity === null || packages === null) return 'not countable';
  return packSize === 1 ? `${quantity} ${unit}` : `${quantity} ${unit} (${packages} × ${packSize})`;
};
