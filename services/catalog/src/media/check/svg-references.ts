import { MediaRefusal } from '../refusal.ts';

const mostDrawn = 100_000;

interface Counted {
  elements: number;
  uses: string[];
}

/**
 * How many elements are drawn in the end: `use` draws what it names, with what that names in turn. A few nested ones are millions
 * of shapes, or a circle without an end.
 */
export const usesOf = () => {
  const byId = new Map<string, Counted>();
  const whole: Counted = { elements: 0, uses: [] };
  const open: Counted[] = [whole];
  return {
    enter: (id: string | undefined, uses: string | undefined): void => {
      const counted = { elements: 0, uses: [] };
      // The first of an id is the one that is meant.
      if (id !== undefined && !byId.has(id)) byId.set(id, counted);
      open.push(counted);
      for (const one of open) one.elements += 1;
      if (uses !== undefined) for (const one of open) one.uses.push(uses);
    },
    leave: (): void => void open.pop(),
    refuse: (): void => {
      const known = new Map<string, number>();
      const drawnBy = (counted: Counted, within: ReadonlySet<string>): number => {
        let drawn = counted.elements;
        for (const id of counted.uses) {
          if (within.has(id)) throw new MediaRefusal('svg-too-large', 'The drawing is a part of itself.');
          const target = byId.get(id);
          if (target === undefined) continue;
          const parts = known.get(id) ?? drawnBy(target, new Set([...within, id]));
          known.set(id, parts);
          drawn += parts;
          if (drawn > mostDrawn)
            throw new MediaRefusal('svg-too-large', `The drawing shows over ${mostDrawn} shapes. Make it simpler.`);
        }
        return drawn;
      };
      drawnBy(whole, new Set());
    },
  };
};
