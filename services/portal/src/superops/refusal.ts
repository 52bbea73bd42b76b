import { z } from 'zod';
import { kindOfCode, SuperOpsError, type Refused } from './superops-error.ts';

const Codes = z
  .array(
    z.looseObject({
      code: z.string(),
      param: z
        .looseObject({
          attributes: z.array(z.string()).nullish(),
          // A number arrives as its digits.
          index: z.string().regex(/^\d+$/).nullish(),
        })
        .nullish(),
    }),
  )
  .catch([]);

const Extensions = z.looseObject({ clientError: Codes.nullish() }).nullish().catch(null);

const Answer = z.looseObject({
  data: z.record(z.string(), z.unknown()).nullish(),
  // `message` is mostly null, and what it says is nobody's to depend on.
  errors: z.array(z.looseObject({ extensions: Extensions })).nullish(),
  extensions: Extensions,
});

const refusedOf = (extensions: z.infer<typeof Extensions>): Refused[] =>
  (extensions?.clientError ?? []).map(({ code, param }) => ({
    code,
    attributes: param?.attributes ?? [],
    index: param?.index === null || param?.index === undefined ? null : Number(param.index),
  }));

const told = ({ code, attributes }: Refused): string => [code, ...attributes].join(' ');

/**
 * Whether a write may have been done although it was refused: something was given beside the refusal, it is of one of several
 * objects, or it has a code that we do not know, such as one of next year.
 */
export const mayBeDone = (data: unknown, { refused }: SuperOpsError): boolean =>
  (data !== null && data !== undefined) ||
  refused.some(({ code, index }) => index !== null || kindOfCode(code) === 'unexpected');

/**
 * The field's data, and what was refused: HTTP 200 says nothing about it. Both may be there: of several objects that are
 * sent at once, one may be refused and the others taken. Data is null where SuperOps says so, undefined where it says nothing.
 */
export const refusalOf = (body: unknown, field: string): { data: unknown; refusal: SuperOpsError | undefined } => {
  const parsed = Answer.safeParse(body);
  if (!parsed.success) throw new SuperOpsError('unexpected', `SuperOps answered ${field} in an unknown form`);
  const { data, errors, extensions } = parsed.data;
  const refused = [...(errors ?? []).flatMap((error) => refusedOf(error.extensions)), ...refusedOf(extensions)];
  const [first] = refused;
  const value = data === null ? null : data?.[field];
  if (first)
    return {
      data: value,
      refusal: new SuperOpsError(kindOfCode(first.code), `SuperOps refused ${field}: ${refused.map(told).join(', ')}`, {
        refused,
      }),
    };
  if (errors && errors.length > 0)
    return { data: value, refusal: new SuperOpsError('unexpected', `SuperOps refused ${field} without a code`) };
  return { data: value, refusal: undefined };
};
