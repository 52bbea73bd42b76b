import { StringDecoder } from 'node:string_decoder';

// A Tenant is about 2 KiB, the largest object etcd takes is 1.5 MiB; a longer line is not a watch event.
const longestLine = 4 * 1024 * 1024;

/** Lines of a stream, each yielded whole; an unfinished last line is dropped, its event comes again after the relist. */
export async function* readLines(
  stream: AsyncIterable<Uint8Array>,
  onBytes: () => void,
  longest = longestLine,
): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of stream) {
    onBytes();
    const lines = (rest + decoder.write(Buffer.from(chunk))).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longest) throw new Error('A line of the stream is too long');
    for (const line of lines) if (line !== '') yield line;
  }
}
