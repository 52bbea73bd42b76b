import { keyText, type KubeObject, type Resource } from '../client/resource.ts';
import type { Difference } from './differences.ts';

/** An object does not stay as we want it, and to write it again would not help; a person must look. */
export abstract class UnsettledObject extends Error {
  abstract override readonly name: 'ContestedObject' | 'ChangedByAdmission';
  /** When it is tried again. */
  readonly retryInMs: number;

  constructor(message: string, retryInMs: number) {
    super(message);
    this.retryInMs = retryInMs;
  }
}

/** Somebody else changes or removes it as often as we set it right; we stop, and say who. */
export class ContestedObject extends UnsettledObject {
  override readonly name = 'ContestedObject';
}

const longestValue = 120;

const said = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
};

const isSecret = ({ kind }: Resource, field: string): boolean => kind === 'Secret' && !field.startsWith('metadata');

const saidOf = (resource: Resource, { field, desired, actual }: Difference): string =>
  isSecret(resource, field)
    ? `${field} (its values are not shown)`
    : `${field}: ${said(desired)} was written and ${said(actual)} stands there`;

/** A webhook or a policy turns what we write into something else at the door. */
export class ChangedByAdmission extends UnsettledObject {
  override readonly name = 'ChangedByAdmission';
  readonly differences: readonly Difference[];

  constructor(
    resource: Resource,
    { metadata }: KubeObject,
    { differences, retryInMs }: { differences: readonly Difference[]; retryInMs: number },
  ) {
    const [first] = differences;
    const more = differences.length > 1 ? `, and ${differences.length - 1} more` : '';
    super(
      `admission changed ${resource.kind} ${keyText(metadata)}, ${first ? saidOf(resource, first) : ''}${more}; ` +
        'have the webhook or policy leave it alone, it is tried again within ten minutes',
      retryInMs,
    );
    this.differences = differences;
  }
}
