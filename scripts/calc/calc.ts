import { createInterface } from 'node:readline';
import { isRefused, runCalculator, type Calculation } from '@legendops/catalog/calculators/run';

const usage = `Usage: npm run --silent calc -- ID '{"profile":"tia-nec", …}'    one result as JSON; a refusal ends with status 2
       npm run --silent calc -- --batch < lines                lines {"id", "input"}, one result or refusal a line
Calculators and their inputs: docs/reference/calculators.md
`;

const refusedText = (field: string, detail: string): Calculation => ({
  refused: [{ field, code: 'malformed-json', detail }],
});

const parsed = (text: string): { value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

const one = (id: string, text: string): Calculation => {
  const input = parsed(text);
  return input ? runCalculator(id, input.value) : refusedText('', 'The input is to be a JSON object');
};

const line = (text: string): Calculation => {
  const value = parsed(text)?.value;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refusedText('', 'A line is to be a JSON object of id and input');
  const { id, input, ...others } = value as Record<string, unknown>;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    return { refused: [{ field: unknown.slice(0, 60), code: 'unknown-field', detail: 'A line has id and input' }] };
  return typeof id === 'string'
    ? runCalculator(id, input)
    : { refused: [{ field: 'id', code: 'required', detail: 'The id of a calculator is needed' }] };
};

const print = (calculation: Calculation): boolean => process.stdout.write(`${JSON.stringify(calculation)}\n`);

const batch = async (): Promise<void> => {
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Infinity }))
    if (text.trim() !== '' && !print(line(text))) await new Promise((resolve) => process.stdout.once('drain', resolve));
};

const [first, second, ...rest] = process.argv.slice(2);
if (first === '--help') process.stdout.write(usage);
else if (first === '--batch' && second === undefined) await batch();
else if (first === undefined || second === undefined || rest.length > 0) {
  process.stderr.write(usage);
  process.exitCode = 1;
} else {
  const calculation = one(first, second);
  print(calculation);
  if (isRefused(calculation)) process.exitCode = 2;
}
