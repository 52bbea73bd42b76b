import type { Link } from '@legendops/catalog/cabling-content/contract';
import { NoteCode, type CablingDesign, type DesignCheck } from '@legendops/catalog/cabling-design/contract';

type Part = DesignCheck['about']['part'];
export type Warning = DesignCheck['warnings'][number];

const notes: ReadonlySet<string> = new Set(NoteCode.options);
export const isNote = ({ code }: Warning): boolean => notes.has(code);

export const checksOf = ({ checks }: CablingDesign, part: Part, thing: string): DesignCheck[] =>
  checks.filter(({ about }) => about.part === part && about.key === thing);

/** As measured, or as computed from the way that it takes. */
export const runOf = (design: CablingDesign, { key, runM }: Link): unknown =>
  runM ?? checksOf(design, 'link', key).find(({ calculator }) => calculator.id === 'horizontal-run')?.output?.lengthM;

/** What is said of several things in the same words. */
export interface SameWarning {
  warning: Warning;
  of: { name: string; warning: Warning }[];
}

/** Warnings of one kind and one source stand together, whatever many things they are of. */
export const together = ({ checks }: CablingDesign, wanted: (warning: Warning) => boolean): SameWarning[] => {
  const said = checks.flatMap(({ about: { name }, warnings }) =>
    warnings.filter(wanted).map((warning) => ({ name, warning })),
  );
  const kinds = Map.groupBy(said, ({ warning: { code, detail, source } }) => JSON.stringify([code, detail, source]));
  return [...kinds.values()].flatMap((of) => {
    const [first] = of;
    return first === undefined ? [] : [{ warning: first.warning, of }];
  });
};
