const known = ['br', 'gzip'] as const;

type Encoding = (typeof known)[number];

/** The encodings that a client takes (RFC 9110 §12.5.3), the smaller one first; without the header none. */
export const encodingsFor = (acceptEncoding: string | undefined): Encoding[] => {
  const weights = new Map(
    (acceptEncoding ?? '').split(',').map((part) => {
      const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith('q='));
      return [name, weight === undefined ? 1 : Number(weight.slice(2))] as const;
    }),
  );
  return known.filter((name) => (weights.get(name) ?? weights.get('*') ?? 0) > 0);
};
