const decimal = ['m', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const binary = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** A quantity as the API server keeps it: 2000m is 2, 2048Mi is 2Gi. Another spelling would look like drift for ever. */
export const canonicalQuantity = (text: string): string => {
  const [, digits = '', suffix = ''] = /^(\d+)(.*)$/.exec(text) ?? [];
  const [suffixes, base] = binary.includes(suffix) ? [binary, 1024n] : [decimal, 1000n];
  let place = suffixes.indexOf(suffix);
  if (digits === '' || place === -1) return text;
  let count = BigInt(digits);
  while (count > 0n && count % base === 0n && place < suffixes.length - 1) {
    count /= base;
    place += 1;
  }
  return `${count}${suffixes[place]}`;
};
