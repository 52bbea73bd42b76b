interface ChoiceListProps {
  /** Of the field that it belongs to: the choices are `<id>-0`, `<id>-1` and so on. */
  id: string;
  label: string;
  choices: readonly string[];
  active: number;
  busy: boolean;
  onChoose: (index: number) => void;
}

/** What can be chosen below a field that somebody types into. */
export const ChoiceList = ({ id, label, choices, active, busy, onChoose }: ChoiceListProps) => (
  <ul
    id={`${id}-choices`}
    role="listbox"
    aria-label={label}
    aria-busy={busy}
    className="absolute top-full right-0 left-0 z-10 mt-1 max-h-72 overflow-y-auto rounded-md border border-edge bg-surface py-1 shadow-lg"
  >
    {choices.map((choice, index) => (
      <li
        // Two customers may have one name.
        key={`${index} ${choice}`}
        id={`${id}-${index}`}
        role="option"
        aria-selected={index === active}
        // Before the field loses the focus, which closes the list.
        onPointerDown={(event) => {
          event.preventDefault();
          onChoose(index);
        }}
        className="cursor-pointer px-2.5 py-1 wrap-anywhere hover:bg-raised aria-selected:bg-raised"
      >
        {choice}
      </li>
    ))}
    {choices.length === 0 && (
      <li className="px-2.5 py-1 text-muted">{busy ? 'Searching …' : 'No customer has these words in its name'}</li>
    )}
  </ul>
);
