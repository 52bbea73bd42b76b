import type { Measured } from './contender.ts';

const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);
const median = (values: readonly number[]): number => sorted(values)[Math.floor(values.length / 2)] ?? 0;
const spread = (values: readonly number[], digits: number): string =>
  `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)})`;

/**
 * Prints one table, everybody against the first; true when the second has its share of the first and, where it is to lead,
 * nobody after it is faster. Ratios are taken round by round, so that a slow moment of the machine is in both numbers of one.
 */
export const standings = (
  names: readonly string[],
  measured: readonly (readonly Measured[])[],
  { title, floor: floorName, target, leads = false }: { title: string; floor: string; target: number; leads?: boolean },
): boolean => {
  const floor = measured[0] ?? [];
  const rates = measured.map((rounds) => rounds.map(({ requestsPerSecond }) => requestsPerSecond));
  const ratios = rates.map((own) => own.map((rate, round) => rate / (floor[round]?.requestsPerSecond ?? Number.NaN)));
  const costs = measured.map((rounds) => rounds.map(({ cpuMicrosPerRequest }) => cpuMicrosPerRequest));
  const shares = costs.map((own) => own.map((cost, round) => (floor[round]?.cpuMicrosPerRequest ?? Number.NaN) / cost));
  const lines = names.map((name, index) =>
    [
      `  ${name.padEnd(22)}`,
      spread(rates[index] ?? [], 0).padEnd(22),
      spread(ratios[index] ?? [], 2).padEnd(20),
      spread(costs[index] ?? [], 0).padEnd(16),
      spread(shares[index] ?? [], 2),
    ].join(''),
  );
  const [, ours = 0, ...others] = ratios.map(median);
  const met = ours >= target && (!leads || others.every((other) => other < ours));
  const of = `of ${floorName}`;
  const head = `  ${''.padEnd(22)}${'requests/s'.padEnd(22)}${of.padEnd(20)}${'CPU µs/request'.padEnd(16)}${of}`;
  process.stdout.write(
    `${title}\n${head}\n${lines.join('\n')}\n  target: ${target} ${of}${leads ? ' and ahead of the others' : ''}: ${met ? 'met' : 'MISSED'}\n`,
  );
  return met;
};
