import type { CablingDesign } from '@legendops/catalog/cabling-design/contract';
import { placeOf } from '../../lib/problem.ts';

interface LinkChoicesProps {
  legend: string;
  design: CablingDesign;
  /** Those that can be chosen. */
  offered: readonly string[];
  chosen: readonly string[];
  error: Error | null;
}

/** Which links of the design belong to something. */
export const LinkChoices = ({ legend, design, offered, chosen, error }: LinkChoicesProps) => {
  const wrong = placeOf(error, 'links/0') ?? placeOf(error, 'links');
  return (
    <fieldset className="rounded-md border border-line p-3">
      <legend className="px-1 font-medium">{legend}</legend>
      <label className="mb-2 flex items-center gap-2">
        <input type="checkbox" name="every" />
        Every link below
      </label>
      <div className="grid max-h-44 grid-cols-2 gap-1 overflow-y-auto border-t border-line pt-2">
        {design.labels
          .filter(({ key }) => offered.includes(key))
          .map(({ key, id }) => (
            <label key={key} className="flex items-center gap-2 tabular-nums">
              <input type="checkbox" name="chosenLinks" value={key} defaultChecked={chosen.includes(key)} />
              {id}
            </label>
          ))}
      </div>
      {wrong !== undefined && <p className="text-caption text-bad">{wrong}</p>}
    </fieldset>
  );
};

export const linksIn = (form: FormData, offered: readonly string[]): string[] =>
  form.get('every') === null ? form.getAll('chosenLinks').filter((key) => typeof key === 'string') : [...offered];
