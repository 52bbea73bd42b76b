import type { Contender, Measured } from './contender.ts';

export const load = { connections: 32, seconds: 2 };
const rounds = 9;

/** All measure in turns, each time another one first: a machine that slows down slows all. */
export const inTurns = async (contenders: readonly Contender[]): Promise<Measured[][]> => {
  for (const contender of contenders) await contender.measure(load);
  const measured: Measured[][] = contenders.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < contenders.length; turn += 1) {
      const index = (round + turn) % contenders.length;
      const figure = await contenders[index]?.measure(load);
      if (figure) measured[index]?.push(figure);
    }
  }
  return measured;
};
