import { Search } from 'lucide-react';
import { useRef } from 'react';

const settleMs = 250;

interface SearchFieldProps {
  label: string;
  value: string;
  onSearch: (text: string) => void;
}

/** Searches once typing pauses, or at once with Enter. */
export const SearchField = ({ label, value, onSearch }: SearchFieldProps) => {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const searchAfter = (text: string, waitMs: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(text.trim()), waitMs);
  };
  return (
    <label className="relative block w-full max-w-xs">
      <span className="sr-only">{label}</span>
      <Search aria-hidden className="absolute top-2 left-2.5 size-4 text-muted" />
      <input
        type="search"
        placeholder={label}
        defaultValue={value}
        onChange={(event) => searchAfter(event.currentTarget.value, settleMs)}
        onKeyDown={(event) => event.key === 'Enter' && searchAfter(event.currentTarget.value, 0)}
        className="h-8 w-full rounded-md border border-edge bg-surface pr-2 pl-8 placeholder:text-muted"
      />
    </label>
  );
};
