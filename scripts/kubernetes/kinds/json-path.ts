import { isObject } from '../object/kube-object.ts';

type Step = (values: unknown[]) => unknown[];

const token =
  /\.?([A-Za-z0-9_\-$]+(?:\\\.[A-Za-z0-9_\-$/]+)*)|\['([^']+)'\]|\[(-?\d+|\*)\]|\[\?\(@\.([^=!\s]+)\s*(==|!=)\s*(?:"([^"]*)"|'([^']*)'|([^)\s]+))\)\]/gy;

const field =
  (name: string): Step =>
  (values) =>
    values.flatMap((value) =>
      isObject(value) && Object.hasOwn(value, name) && value[name] !== undefined ? [value[name]] : [],
    );

const index =
  (text: string): Step =>
  (values) =>
    values.flatMap((value) => {
      if (!Array.isArray(value)) return [];
      return text === '*' ? value : [value.at(Number(text))].filter((item) => item !== undefined);
    });

const filter =
  (path: string, isEqual: boolean, wanted: string): Step =>
  (values) =>
    values.flatMap((value) =>
      Array.isArray(value)
        ? value.filter((item) => (String(jsonPath(`.${path}`)(item)[0]) === wanted) === isEqual)
        : [],
    );

/** The part of JSONPath that printer columns use: fields, indexes, and filters by one comparison. */
export const jsonPath = (path: string): ((value: unknown) => unknown[]) => {
  const steps: Step[] = [];
  const text = path.replace(/^\{|\}$/g, '');
  for (const match of text.matchAll(token)) {
    const [, name, quoted, position, filtered, operator, ...wanted] = match;
    if (name !== undefined) steps.push(field(name.replaceAll('\\.', '.')));
    else if (quoted !== undefined) steps.push(field(quoted));
    else if (position !== undefined) steps.push(index(position));
    else if (filtered !== undefined)
      steps.push(filter(filtered, operator === '==', wanted.find((part) => part !== undefined) ?? ''));
  }
  return (value) => steps.reduce((values, step) => step(values), [value]);
};
