/** Rates of two ways of doing the same, measured in turns: a machine that slows down slows both. */
export interface Comparison {
  title: string;
  /** Per second, higher is better. */
  ours: () => Promise<number>;
  floor: () => Promise<number>;
  target: number;
}

/** Beside every target. */
export const told = (isMet: boolean): string => (isMet ? 'met' : 'MISSED');

const rounds = 5;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const digits = (value: number): string => value.toFixed(value < 100 ? 1 : 0);
const shown = (values: readonly number[]): string =>
  `${digits(median(values))} (${digits(Math.min(...values))}–${digits(Math.max(...values))})`;

/** Prints both rates and their ratio; true when the target is met. */
export const compare = async ({ title, ours, floor, target }: Comparison): Promise<boolean> => {
  const [a, b, ratios]: [number[], number[], number[]] = [[], [], []];
  await ours();
  await floor();
  for (let round = 0; round < rounds; round += 1) {
    // Whoever goes first meets the caches of the other one: turn and turn about.
    const [first, second] = round % 2 === 0 ? [ours, floor] : [floor, ours];
    const [x, y] = [await first(), await second()];
    const [rateOfOurs, rateOfFloor] = round % 2 === 0 ? [x, y] : [y, x];
    a.push(rateOfOurs);
    b.push(rateOfFloor);
    ratios.push(rateOfOurs / rateOfFloor);
  }
  const ratio = median(ratios);
  const met = ratio >= target;
  process.stdout.write(
    `${title.padEnd(64)} ours ${shown(a).padEnd(20)} floor ${shown(b).padEnd(20)} ratio ${ratio.toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}), target ${target} ${told(met)}\n`,
  );
  return met;
};
