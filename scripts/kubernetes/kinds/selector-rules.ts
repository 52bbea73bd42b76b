import { invalidValue, requiredValue, type FieldError } from '../object/api-error.ts';
import { listAt, objectAt, textOf } from '../object/kube-object.ts';
import { labelKeyProblem, labelValueProblem } from './name-rules.ts';

const operators = new Set(['In', 'NotIn', 'Exists', 'DoesNotExist']);

const expressionErrors = (expression: unknown, path: string): FieldError[] => {
  const { key, operator } = objectAt(expression);
  const values = listAt(expression, 'values');
  const problem = labelKeyProblem(textOf(key));
  const ofKey = problem === undefined ? [] : [invalidValue(`${path}.key`, key, problem)];
  if (!operators.has(textOf(operator)))
    return [...ofKey, invalidValue(`${path}.operator`, operator, 'not a valid selector operator')];
  const takesValues = operator === 'In' || operator === 'NotIn';
  if (takesValues && values.length === 0)
    return [...ofKey, requiredValue(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'")];
  if (!takesValues && values.length > 0)
    return [
      ...ofKey,
      {
        field: `${path}.values`,
        reason: 'FieldValueForbidden',
        message: "Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
      },
    ];
  return ofKey;
};

/** What is wrong with a label selector. */
export const selectorErrors = (selector: unknown, path: string): FieldError[] => [
  ...Object.entries(objectAt(selector, 'matchLabels')).flatMap(([key, value]) =>
    [
      { given: key, problem: labelKeyProblem(key) },
      { given: value, problem: labelValueProblem(textOf(value)) },
    ].flatMap(({ given, problem }) =>
      problem === undefined ? [] : [invalidValue(`${path}.matchLabels`, given, problem)],
    ),
  ),
  ...listAt(selector, 'matchExpressions').flatMap((expression, index) =>
    expressionErrors(expression, `${path}.matchExpressions[${index}]`),
  ),
];
