/** What Azure answered: columns by name, rows by place. */
export interface CostPage {
  properties: {
    nextLink?: string | null;
    columns: { name: string }[];
    rows: (string | number | null)[][];
  };
}

export interface Line {
  /** Of the tag that was asked for; empty where a resource has none. */
  tag: string;
  service: string;
  cost: number;
  currency: string;
}

/** Rows by the names of their columns, whose order is not promised. */
export const linesOf = ({ properties: { columns, rows } }: CostPage): Line[] => {
  const at = (name: string): number => {
    const found = columns.findIndex((column) => column.name === name);
    if (found === -1)
      throw new Error(
        `Azure's cost report has no column ${name}, it has ${columns.map((column) => column.name).join(', ')}`,
      );
    return found;
  };
  const [cost, tag, service, currency] = [at('Cost'), at('TagValue'), at('ServiceName'), at('Currency')];
  return rows.map((row) => ({
    tag: String(row[tag] ?? ''),
    service: String(row[service]),
    cost: Number(row[cost]),
    currency: String(row[currency]),
  }));
};

const money = (amount: number): string => amount.toFixed(2).padStart(12);

const sumsBy = (lines: readonly Line[], key: (line: Line) => string): [name: string, sum: number][] => {
  const sums = new Map<string, number>();
  for (const line of lines) sums.set(key(line), (sums.get(key(line)) ?? 0) + line.cost);
  return [...sums].toSorted(([, one], [, other]) => other - one);
};

/** A table for people: each value of the tag with its services, the dearest first, and the sum by currency. */
export const costTable = (lines: readonly Line[], tagName: string): string => {
  if (lines.length === 0) return 'Nothing was spent, or Azure knows nothing of it yet: costs are known after a day.';
  const written: string[] = [];
  for (const currency of new Set(lines.map((line) => line.currency))) {
    const own = lines.filter((line) => line.currency === currency);
    for (const [tag, sum] of sumsBy(own, (line) => line.tag)) {
      written.push(`${money(sum)} ${currency}  ${tag === '' ? `without the tag ${tagName}` : tag}`);
      const within = own.filter((line) => line.tag === tag);
      for (const [service, part] of sumsBy(within, (line) => line.service))
        written.push(`${money(part)}        ${service}`);
    }
    const [whole] = sumsBy(own, () => '');
    written.push(`${money(whole?.[1] ?? 0)} ${currency}  all of it`);
  }
  return written.join('\n');
};
