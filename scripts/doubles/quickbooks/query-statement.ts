import { QuickBooksFault } from './quickbooks-fault.ts';

export type Literal = string | number | boolean;
export type Condition = { field: string; operator: '=' | '<' | '>' | '<=' | '>=' | 'IN' | 'LIKE'; values: Literal[] };
export type Statement = {
  entity: string;
  count: boolean;
  where: Condition[];
  orderBy: { field: string; descending: boolean }[];
  startPosition: number;
  maxResults: number | undefined;
};

const token = /\s*(?:('(?:\\.|[^'\\])*')|([A-Za-z_][\w.]*)|(-?\d+(?:\.\d+)?)|(<=|>=|[=<>(),*]))/y;

const refused = (detail: string) => new QuickBooksFault('4000', `QueryParserError: ${detail}`);

/** Reads `SELECT * FROM Invoice WHERE … ORDERBY … STARTPOSITION … MAXRESULTS …`. There is no OR and no column list. */
export function parseStatement(text: string): Statement {
  const tokens = tokensOf(text);
  const peek = (word: string) => tokens[0]?.toUpperCase() === word;
  const take = () => tokens.shift() ?? '';
  const expect = (word: string) => {
    if (!peek(word)) throw refused(`Encountered "${tokens[0] ?? 'end'}", was expecting ${word}`);
    take();
  };
  const accept = (word: string) => peek(word) && take() !== '';
  const whole = () => {
    const value = Number(take());
    if (Number.isInteger(value) && value > 0) return value;
    throw refused('STARTPOSITION and MAXRESULTS are whole numbers from 1');
  };

  expect('SELECT');
  const count = accept('COUNT');
  for (const word of count ? ['(', '*', ')'] : ['*']) expect(word);
  expect('FROM');
  const statement: Statement = {
    entity: take(),
    count,
    where: [],
    orderBy: [],
    startPosition: 1,
    maxResults: undefined,
  };
  if (accept('WHERE')) {
    do statement.where.push(condition(take, accept, expect));
    while (accept('AND'));
  }
  if (accept('ORDERBY')) {
    do {
      const field = take();
      statement.orderBy.push({ field, descending: accept('DESC') || (accept('ASC'), false) });
    } while (accept(','));
  }
  if (accept('STARTPOSITION')) statement.startPosition = whole();
  if (accept('MAXRESULTS')) statement.maxResults = whole();
  if (tokens.length > 0) throw refused(`Encountered "${tokens[0]}" after the end of the statement`);
  return statement;
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  const end = text.trimEnd().length;
  while (token.lastIndex < end) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (!match) throw refused(`Lexical error at column ${at + 1}`);
    tokens.push(match[0].trim());
  }
  return tokens;
}

type Step = { take: () => string; accept: (word: string) => boolean; expect: (word: string) => void };

function condition(take: Step['take'], accept: Step['accept'], expect: Step['expect']): Condition {
  const field = take();
  const operator = take().toUpperCase();
  if (operator === 'IN') {
    expect('(');
    const values: Literal[] = [];
    do values.push(literal(take()));
    while (accept(','));
    expect(')');
    return { field, operator, values };
  }
  if (
    operator === '=' ||
    operator === '<' ||
    operator === '>' ||
    operator === '<=' ||
    operator === '>=' ||
    operator === 'LIKE'
  ) {
    return { field, operator, values: [literal(take())] };
  }
  throw refused(`Encountered "${operator}", was expecting an operator`);
}

/** `\'` is a quote and `\\` a backslash. */
function literal(text: string): Literal {
  if (text.startsWith("'")) return text.slice(1, -1).replaceAll(/\\(.)/g, '$1');
  if (/^-?\d/.test(text)) return Number(text);
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  throw refused(`Encountered "${text}", was expecting a value`);
}
