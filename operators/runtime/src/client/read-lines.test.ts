import { expect, test } from 'vitest';
import { readLines } from './read-lines.ts';

const linesOf = async (chunks: (string | Uint8Array)[]) => {
  const stream = (async function* () {
    for (const chunk of chunks) yield Buffer.from(chunk);
  })();
  let heard = 0;
  const lines: string[] = [];
  for await (const line of readLines(stream, () => (heard += 1))) lines.push(line);
  return { lines, heard };
};

test('lines are put together from pieces, and an unfinished last one is dropped', async () => {
  expect(await linesOf(['{"a"', ':1}\n{"b":2}\n\n', '{"c"'])).toEqual({ lines: ['{"a":1}', '{"b":2}'], heard: 3 });
});

test('a character that is cut in two arrives whole', async () => {
  const bytes = Buffer.from('"é€"\n');
  expect((await linesOf([...bytes].map((byte) => Uint8Array.of(byte)))).lines).toEqual(['"é€"']);
});

test('a line without end is refused', async () => {
  await expect(linesOf([Buffer.alloc(5 * 1024 * 1024, 97)])).rejects.toThrow('too long');
});
