/** Runs for every item, with so many at once. */
export const forEach = async <Item>(
  items: readonly Item[],
  atOnce: number,
  run: (item: Item, index: number) => Promise<void>,
): Promise<void> => {
  const rest = [...items.entries()];
  const worker = async (): Promise<void> => {
    for (let next = rest.shift(); next; next = rest.shift()) await run(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
};
