/** A string inside a QuickBooks query. The library escapes quotes only: a trailing backslash would open the string. */
export const queryText = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
