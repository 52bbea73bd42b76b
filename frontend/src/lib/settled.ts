import { useEffect, useState } from 'react';

/** How long nobody types before what was typed is meant. */
export const settleMs = 250;

/** The value once it has stayed for a moment: what somebody typed when they pause. */
export const useSettled = <Value>(value: Value): Value => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settleMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
};
