import { Environment, type ParseResult } from '@marcbachmann/cel-js';
import { isObject } from '../object/kube-object.ts';

const environment = new Environment({ unlistedVariablesAreDyn: true, enableOptionalTypes: true });
const programs = new Map<string, ParseResult>();

const programOf = (expression: string): ParseResult => {
  const program = programs.get(expression) ?? environment.parse(expression);
  programs.set(expression, program);
  return program;
};

/** Numbers of JSON are CEL's integers where they are whole. */
const celValue = (value: unknown): unknown => {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(celValue);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, celValue(child)]));
};

/** What an expression of an admission policy comes to; throws where it cannot be evaluated. */
export const evaluateAdmission = (expression: string, variables: Record<string, unknown>): unknown =>
  programOf(expression)(celValue(variables) as never);
