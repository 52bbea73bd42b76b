/** The entry of a table by a name that came from outside: `constructor` and `__proto__` are in no table of ours. */
export const ownEntry = <Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
