interface Choice {
  key: string;
  text: string;
}

interface ChoiceListProps {
  /** Of the field that it belongs to: the choices are `<id>-0`, `<id>-1` and so on. */
  id: string;
  label: string;
  choices: readonly Choice[];
  /** Below 0 as long as there is none. */
  active: number;
  busy: boolean;
  failed: boolean;
  onChoose: (index: number) => void;
}

const bringIntoSight = (choice: HTMLElement | null): void => choice?.scrollIntoView({ block: 'nearest' });

/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events --
   the combobox of ARIA: no native element has choices that come while somebody types; the field has the keys of all */

/** What can be chosen below a field that somebody types into; the field keeps the focus and says which one is active. */
export const ChoiceList = ({ id, label, choices, active, busy, failed, onChoose }: ChoiceListProps) => (
  <div
    id={`${id}-choices`}
    role="listbox"
    aria-label={label}
    aria-busy={busy}
    className="absolute top-full right-0 left-0 z-10 mt-1 max-h-72 overflow-y-auto rounded-md border border-edge bg-surface py-1 shadow-lg"
  >
    {choices.map(({ key, text }, index) => (
      <div
        key={key}
        id={`${id}-${index}`}
        role="option"
        tabIndex={-1}
        aria-selected={index === active}
        ref={index === active ? bringIntoSight : undefined}
        // The field keeps the focus, whose loss closes the list; a finger that only moves the list chooses nothing.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => onChoose(index)}
        className="cursor-pointer px-2.5 py-1 wrap-anywhere hover:bg-raised aria-selected:bg-raised"
      >
        {text}
      </div>
    ))}
    {choices.length === 0 && <p className="px-2.5 py-1 text-muted">{insteadOf(busy, failed)}</p>}
  </div>
);

const insteadOf = (busy: boolean, failed: boolean): string => {
  if (failed) return 'The names could not be read. Type on to try again.';
  return busy ? 'Searching …' : 'No name has all of these words';
};
