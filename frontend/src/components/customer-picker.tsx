import type { Customer } from '@legendops/portal/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId, useState, type KeyboardEvent } from 'react';
import { customerById, customerMatches } from '../lib/queries/customers.ts';
import { useSettled } from '../lib/settled.ts';
import { ChoiceList } from './choice-list.tsx';
import { controlClass } from './fields.tsx';

interface CustomerPickerProps {
  label: string;
  /** What no choice means. */
  none: string;
  value?: string | undefined;
  /** Of the form field that holds the chosen customer's id. */
  name?: string;
  /** Who is chosen in the form at first. */
  initial?: string | undefined;
  required?: boolean;
  onChoose?: (customerId: string | undefined) => void;
}

/** Chooses one of any number of customers: the service finds them by words of their names while somebody types. */
export const CustomerPicker = ({
  label,
  none,
  value,
  name,
  initial,
  required = false,
  onChoose,
}: CustomerPickerProps) => {
  const id = useId();
  const [own, setOwn] = useState(initial);
  const chosenId = onChoose ? value : own;
  const { data: chosen } = useQuery({ ...customerById(chosenId ?? ''), enabled: chosenId !== undefined });
  const [typed, setTyped] = useState<string>();
  const [active, setActive] = useState(0);
  const search = useSettled(typed?.trim() ?? '');
  const isOpen = typed !== undefined;
  const {
    data: found,
    isFetching,
    isError,
    isPlaceholderData,
  } = useQuery({
    ...customerMatches(search),
    enabled: isOpen,
    placeholderData: keepPreviousData,
  });
  // No choice is the first one only as long as nothing is typed: Enter after a name means that name.
  const choices: (Customer | null)[] = [...(required || search !== '' ? [] : [null]), ...(found ?? [])];
  // What is listed until the answer comes is what was typed before: a key does not choose from it.
  const isAnswer = found !== undefined && !isPlaceholderData && search === typed?.trim();
  const shownActive = isAnswer ? Math.min(active, choices.length - 1) : -1;
  const close = () => setTyped(undefined);
  const choose = (choice: Customer | null | undefined) => {
    if (choice === undefined) return;
    const wanted = choice?.id;
    if (onChoose) onChoose(wanted);
    else setOwn(wanted);
    close();
  };
  const move = (by: number) => {
    setTyped(typed ?? '');
    if (isAnswer && choices.length > 0) setActive((shownActive + by + choices.length) % choices.length);
  };
  // An emptied field means no choice, whatever the list has come to.
  const enter = () => choose(typed?.trim() === '' && !isAnswer && !required ? null : choices[shownActive]);
  const keys: Record<string, () => void> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    ...(isOpen && { Enter: enter, Escape: close }),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    // While an input method puts a word together, its keys are its own.
    if (!act || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const shown = chosenId === undefined ? '' : (chosen?.name ?? '…');
  return (
    <div className="relative flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <input
        id={id}
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={`${id}-choices`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && shownActive >= 0 ? `${id}-${shownActive}` : undefined}
        autoComplete="off"
        placeholder={none}
        required={required}
        value={typed ?? shown}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          setActive(0);
        }}
        onFocus={({ currentTarget }) => currentTarget.select()}
        onClick={() => setTyped(typed ?? '')}
        onBlur={close}
        onKeyDown={onKeyDown}
        className={controlClass}
      />
      {name !== undefined && (
        // A form that is filled in again says here who had been chosen.
        <input
          type="hidden"
          name={name}
          value={chosenId ?? ''}
          onInput={({ currentTarget }) => setOwn(currentTarget.value || undefined)}
        />
      )}
      {isOpen && (
        <ChoiceList
          id={id}
          label={label}
          choices={choices.map((choice) => ({ key: choice?.id ?? '', text: choice?.name ?? none }))}
          active={shownActive}
          busy={isFetching || !(isAnswer || isError)}
          failed={isError && !isFetching}
          onChoose={(index) => choose(choices[index])}
        />
      )}
    </div>
  );
};
