import { Search } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { settleMs } from '../lib/settled.ts';

interface SearchFieldProps {
  label: string;
  /** What the address says. */
  value: string;
  onSearch: (text: string) => void;
}

/** Searches once typing pauses, or at once with Enter; another address that comes from elsewhere is shown. */
export const SearchField = ({ label, value, onSearch }: SearchFieldProps) => {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (value !== known) {
    setKnown(value);
    setText(value);
  }
  const wanted = text.trim();
  const search = () => {
    setKnown(wanted);
    onSearch(wanted);
  };
  const searchLater = useEffectEvent(search);
  useEffect(() => {
    if (wanted === value) return undefined;
    const timer = setTimeout(searchLater, settleMs);
    return () => clearTimeout(timer);
  }, [wanted, value]);
  return (
    <form
      className="w-full max-w-xs"
      onSubmit={(event) => {
        event.preventDefault();
        search();
      }}
    >
      <label className="relative block">
        <span className="sr-only">{label}</span>
        <Search aria-hidden className="absolute top-2 left-2.5 size-4 text-muted" />
        <input
          type="search"
          placeholder={label}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          className="h-8 w-full rounded-md border border-edge bg-surface pr-2 pl-8 placeholder:text-muted"
        />
      </label>
    </form>
  );
};
