import type { DesignContent, Feed, Link, Pathway } from '../cabling-content/contract.ts';
import { labelOf } from '../cabling-content/label.ts';
import type { Warning } from '../calculators/calculator.ts';
import { atMost } from '../calculators/rounding.ts';
import { findCalculator, isRefused, runCalculator, type CalculationResult } from '../calculators/run.ts';
import { deviceWatts, type PoeClass } from '../calculators/tables/poe.ts';
import type { DesignCheck } from './contract.ts';

export type About = DesignCheck['about'];

/** Asks a calculator about a thing of the design, and keeps what it answered; undefined where it refused. */
export type Ask = (
  about: About,
  id: string,
  input: Record<string, unknown>,
  /** What the design itself has to say of the answer. */
  remark?: (result: CalculationResult) => readonly Warning[],
) => CalculationResult | undefined;

const given = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));

/** Keeps every calculation of a design with its version and input, each question once. */
export const recorder = (profile: DesignContent['profile']): { ask: Ask; checks: DesignCheck[] } => {
  const checks: DesignCheck[] = [];
  const asked = new Map<string, CalculationResult | undefined>();
  const ask: Ask = (about, id, fields, remark = () => []) => {
    const one = findCalculator(id);
    if (one === undefined) throw new Error(`A design asks ${id}, which is no calculator`);
    const input = given({ ...(one.profiles[profile] !== undefined && { profile }), ...fields });
    const question = JSON.stringify([about.part, about.key, id, input]);
    if (asked.has(question)) return asked.get(question);
    const calculation = runCalculator(id, input);
    const calculator = { id, version: one.version };
    if (isRefused(calculation)) {
      checks.push({ about, calculator, input, output: null, warnings: [], refused: [...calculation.refused] });
      asked.set(question, undefined);
      return undefined;
    }
    const { calculator: _by, profile: _under, steps: _steps, warnings, ...output } = calculation;
    const all = [...warnings, ...remark(calculation)];
    checks.push({ about, calculator, input, output, warnings: all, refused: [] });
    asked.set(question, calculation);
    return calculation;
  };
  return { ask, checks };
};

const whole: About = { part: 'design', key: '', name: 'The whole design' };

const figureOf = (result: CalculationResult | undefined, name: string): number | undefined => {
  const value = result?.[name];
  return typeof value === 'number' ? value : undefined;
};

// What a source of the class's type gives at the least (IEEE 802.3-2022 clauses 33 and 145).
const leastSourceV = (poeClass: number): number => {
  if (poeClass <= 3) return 44;
  return poeClass <= 6 ? 50 : 52;
};

interface Measured {
  link: Link;
  about: About;
  runM: number;
}

type Copper = NonNullable<Link['copper']>;

// Two pairs carry classes to 4, each of two wires side by side; all four pairs carry the others.
const poweredLink = (ask: Ask, { about, runM }: Measured, copper: Copper, poeClass: number): void => {
  const perKm = (awg: number, stranded: boolean): number | undefined =>
    figureOf(ask(whole, 'conductor', { awg, stranded, conductorC: 20 }), 'ohmPerKm');
  const [cable, cords] = [perKm(copper.conductorAwg, false), perKm(copper.cordAwg, true)];
  if (cable === undefined || cords === undefined) return;
  const oneWayOhm = (cable * runM + cords * copper.cordsM) / 1000;
  ask(about, 'poe-link', {
    sourceV: copper.sourceV ?? leastSourceV(poeClass),
    loopOhm: poeClass <= 4 ? oneWayOhm : oneWayOhm / 2,
    loadW: deviceWatts(poeClass as PoeClass),
  });
};

// The calculator says how long the cord at the desk may be; the design how long it is.
const deskCordTooLong =
  (cordsM: number) =>
  ({ workAreaCordM, steps }: CalculationResult): Warning[] => {
    const step = steps.at(-1);
    const deskM = cordsM - Number(step?.inputs.T ?? 0);
    return typeof workAreaCordM !== 'number' || step === undefined || atMost(deskM, workAreaCordM)
      ? []
      : [
          {
            code: 'work-area-cord-too-long',
            detail: 'What the cords in the room leave for the desk is longer than it may be',
            limit: workAreaCordM,
            actual: deskM,
            unit: 'm',
            source: step.source,
          },
        ];
  };

const copperLink = (ask: Ask, content: DesignContent, measured: Measured, copper: Copper): void => {
  const { about, runM } = measured;
  const { cordsM, cordAwg, roomCordM, category, application, shielded, poeClass } = copper;
  const { ambientC } = content;
  ask(about, 'channel-check', {
    permanentLinkM: runM,
    cordsM,
    conductorAwg: cordAwg,
    category,
    application,
    ambientC,
    shielded,
  });
  ask(about, 'work-area-cord', { horizontalM: runM, conductorAwg: cordAwg, roomCordM }, deskCordTooLong(cordsM));
  if (ambientC > 20) ask(whole, 'temperature-derating', { ambientC, shielded });
  if (poeClass !== null) poweredLink(ask, measured, copper, poeClass);
};

const measuredLink = (ask: Ask, content: DesignContent, link: Link): Measured | undefined => {
  const about: About = { part: 'link', key: link.key, name: labelOf(content, link) };
  const runM = link.runM ?? figureOf(ask(about, 'horizontal-run', { ...link.route }), 'lengthM');
  return runM === undefined ? undefined : { link, about, runM };
};

const linkChecks = (ask: Ask, content: DesignContent, measured: Measured): void => {
  const { copper, fibre } = measured.link;
  if (copper !== null) copperLink(ask, content, measured, copper);
  if (fibre !== null) {
    const { cordsM, diameterMm: _size, ...optics } = fibre;
    ask(measured.about, 'fibre-link', { lengthM: measured.runM + cordsM, ...optics });
  }
};

const diameterOf = ({ copper, fibre }: Link): number => copper?.diameterMm ?? fibre?.diameterMm ?? NaN;

/** Of as many equal cables that take the same area. */
export const meanDiameterMm = (diameters: readonly number[]): number =>
  diameters.every((one) => one === diameters[0])
    ? (diameters[0] ?? NaN)
    : Math.sqrt(diameters.reduce((sum, one) => sum + one ** 2, 0) / diameters.length);

const pathwayChecks = (ask: Ask, { key, name, conduit, tray }: Pathway, links: readonly Link[]): void => {
  const about: About = { part: 'pathway', key, name };
  const diameters = links.map(diameterOf);
  if (diameters.length === 0) return;
  if (conduit !== null) {
    const { type, tradeSize, bends } = conduit;
    const kinds = [...Map.groupBy(diameters, (one) => one)].map(([diameterMm, { length: count }]) => ({
      diameterMm,
      count,
    }));
    ask(about, 'conduit-fill', { conduit: given({ type, tradeSize }), cables: kinds, bends });
  }
  if (tray !== null) {
    const { bundle: _tied, ...size } = tray;
    ask(about, 'tray-fill', { ...size, cableDiameterMm: meanDiameterMm(diameters), count: diameters.length });
  }
  const tied = conduit === null ? Math.min(tray?.bundle ?? 1, diameters.length) : diameters.length;
  if (tied > 1) ask(about, 'bundle-diameter', { cables: tied, cableDiameterMm: Math.max(...diameters) });
};

const feedChecks = (ask: Ask, { key, name, poeSource, calculation }: Feed, content: DesignContent): void => {
  const about: About = { part: 'feed', key, name };
  if (calculation !== null) ask(about, calculation.calculator, calculation.input);
  if (poeSource === null) return;
  const fed = new Set(poeSource.links);
  const classes = content.links.flatMap(({ key: link, copper }) =>
    fed.has(link) && copper !== null && copper.poeClass !== null ? [copper.poeClass] : [],
  );
  const ports = [...Map.groupBy(classes, (one) => one)].map(([poeClass, { length: count }]) => ({
    class: poeClass,
    count,
  }));
  // What lies together warms each other, whichever source feeds it.
  const powered = new Set(content.links.flatMap(({ key: link, copper }) => (copper?.poeClass == null ? [] : [link])));
  const together = content.pathways
    .filter(({ links }) => links.some((link) => fed.has(link)))
    .map(({ links, tray }) =>
      Math.min(links.filter((link) => powered.has(link)).length, tray === null ? Infinity : (tray.bundle ?? 1)),
    );
  const bundle = Math.max(0, ...together);
  ask(about, 'poe-budget', { ports, budgetW: poeSource.budgetW, bundle: bundle > 0 ? bundle : null });
};

/** How many connectors the rule of the trade orders for all copper links. */
export interface Counted {
  runsM: ReadonlyMap<string, number>;
  plugs: number | undefined;
  modules: number | undefined;
}

/** Asks every calculator that applies to something of the design. */
export const checkDesign = (ask: Ask, content: DesignContent): Counted => {
  const measured = content.links.flatMap((link) => measuredLink(ask, content, link) ?? []);
  for (const one of measured) linkChecks(ask, content, one);
  const byKey = new Map(content.links.map((link) => [link.key, link]));
  for (const pathway of content.pathways)
    pathwayChecks(
      ask,
      pathway,
      pathway.links.flatMap((key) => byKey.get(key) ?? []),
    );
  for (const feed of content.feeds) feedChecks(ask, feed, content);
  const points = content.links.filter(({ copper }) => copper !== null).length;
  const connectors = points === 0 ? undefined : ask(whole, 'connector-count', { points });
  if (content.rack !== null && points > 0) ask(whole, 'rack-layout', { ports: points, ...content.rack });
  return {
    runsM: new Map(measured.map(({ link: { key }, runM }) => [key, runM])),
    plugs: points === 0 ? 0 : figureOf(connectors, 'plugs'),
    modules: points === 0 ? 0 : figureOf(connectors, 'modules'),
  };
};
