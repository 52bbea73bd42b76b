import * as z from 'zod';
import { badParameter } from './vault-error.ts';

const Attributes = z.object({
  enabled: z.boolean().optional(),
  nbf: z.int().optional(),
  exp: z.int().optional(),
});

const Tags = z
  .record(z.string().max(256), z.string().max(256))
  .refine((tags) => Object.keys(tags).length <= 15, 'A secret has at most 15 tags');

const Change = z.object({
  contentType: z.string().max(255).optional(),
  attributes: Attributes.optional(),
  tags: Tags.optional(),
});
// The service counts 25 kB.
const NewSecret = Change.extend({ value: z.string().max(25 * 1024) });

export type SecretChange = z.infer<typeof Change>;
export type NewSecret = z.infer<typeof NewSecret>;

const Name = /^[0-9a-zA-Z-]{1,127}$/;

export function parseName(name: string): string {
  if (Name.test(name)) return name;
  throw badParameter(`The request URI contains an invalid name: ${name}`);
}

export const parseNewSecret = (body: unknown): NewSecret => parse(NewSecret, body);
export const parseChange = (body: unknown): SecretChange => parse(Change, body);

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badParameter(`Property ${issue?.path.join('.')} has invalid value: ${issue?.message}`);
}
