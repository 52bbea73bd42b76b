import { ownEntry } from '@legendops/kit/contract/own-entry';
import { Environment, type ParseResult } from '@marcbachmann/cel-js';
import type { FieldError } from '../object/api-error.ts';
import { isObject } from '../object/kube-object.ts';
import { celDuration } from './cel-duration.ts';
import { childPath, isKeyedList, keyOfItem, schemaOfKey, type Schema, type ValidationRule } from './schema.ts';

const options = { unlistedVariablesAreDyn: true, enableOptionalTypes: true };
const environment = new Environment(options);
const optionalEnvironment = new Environment(options).registerVariable('oldSelf', 'optional<dyn>');
const programs = new Map<string, ParseResult>();

const programOf = (rule: string, isOptional = false): ParseResult => {
  const key = `${isOptional}:${rule}`;
  const known = programs.get(key);
  if (known) return known;
  const program = (isOptional ? optionalEnvironment : environment).parse(rule);
  programs.set(key, program);
  return program;
};

/** The rules of a schema over a value and, for transition rules, the value it replaces. */
export const checkRules = (value: unknown, old: unknown, schema: Schema, path = ''): FieldError[] => {
  const own = (schema['x-kubernetes-validations'] ?? []).flatMap((rule) =>
    violation(rule, { value, old, schema, path }),
  );
  return [...own, ...below(value, old, schema, path)];
};

const below = (value: unknown, old: unknown, schema: Schema, path: string): FieldError[] => {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items
      ? value.flatMap((item, index) => checkRules(item, oldItem(item, old, schema), items, `${path}[${index}]`))
      : [];
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const known = schemaOfKey(schema, key);
    return known ? checkRules(child, isObject(old) ? ownEntry(old, key) : undefined, known, childPath(path, key)) : [];
  });
};

/** Items of a list-map are told apart by key; items of other lists have no past. */
const oldItem = (item: unknown, old: unknown, schema: Schema): unknown => {
  if (!isKeyedList(schema) || !Array.isArray(old) || !isObject(item)) return undefined;
  const key = JSON.stringify(keyOfItem(schema, item));
  return old.find((other) => isObject(other) && JSON.stringify(keyOfItem(schema, other)) === key);
};

type Subject = { value: unknown; old: unknown; schema: Schema; path: string };

const violation = (rule: ValidationRule, { value, old, schema, path }: Subject): FieldError[] => {
  const isTransition = /\boldSelf\b/.test(rule.rule);
  if (isTransition && old === undefined && !rule.optionalOldSelf) return [];
  const before = old === undefined ? undefined : celValue(old, schema);
  const context = {
    self: celValue(value, schema),
    oldSelf: rule.optionalOldSelf ? optionalOf(before) : before,
  };
  const field = path === '' ? '<nil>' : `${path}${rule.fieldPath ?? ''}`;
  const reason = rule.reason ?? 'FieldValueInvalid';
  try {
    if (programOf(rule.rule, rule.optionalOldSelf)(context) === true) return [];
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return [{ field, reason, message: `Invalid value: ${shown(value)}rule evaluation error: ${why}` }];
  }
  return [{ field, reason, message: `Invalid value: ${shown(value)}${messageOf(rule, context)}` }];
};

// Kubernetes shows the value of a scalar and nothing of an object.
const shown = (value: unknown): string => (isObject(value) || Array.isArray(value) ? '' : `${JSON.stringify(value)}: `);

const messageOf = (rule: ValidationRule, context: object): string => {
  if (rule.messageExpression !== undefined) {
    const message: unknown = programOf(rule.messageExpression, rule.optionalOldSelf)(context);
    if (typeof message === 'string') return message;
  }
  return rule.message ?? `failed rule: ${rule.rule}`;
};

const optionalOf = (value: unknown): unknown =>
  value === undefined
    ? environment.evaluate('optional.none()')
    : environment.evaluate('optional.of(value)', { value: value as never });

/** Integers become CEL integers, times and durations CEL's own, maps stay what they are. */
const celValue = (value: unknown, schema: Schema | undefined): unknown => {
  if (typeof value === 'number') {
    const whole = schema?.type === 'integer' || (schema?.type !== 'number' && Number.isInteger(value));
    return whole ? BigInt(value) : value;
  }
  if (typeof value === 'string' && schema?.format === 'date-time') return new Date(value);
  if (typeof value === 'string' && schema?.format === 'duration') return celDuration(environment, value);
  if (Array.isArray(value)) return value.map((item) => celValue(item, schema?.items));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, celValue(child, schemaOfKey(schema, key))]),
  );
};

/** What is wrong with the text of a rule, if anything. */
export const checkSyntax = (rule: string): string | undefined => {
  try {
    environment.parse(rule);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.split('\n')[0] : String(error);
  }
};
