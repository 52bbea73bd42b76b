import { parseSync } from '@swc/core';

/** A node of the syntax tree, of which only its type is certain. */
type Node = { type: string } & { [key: string]: unknown };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
const nodesIn = (value: unknown): Node[] => {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  if (isNode(value)) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(nodesIn) : [];
};
const childrenOf = (node: Node): Node[] => Object.values(node).flatMap(nodesIn);
const all = (node: Node): Node[] => [node, ...childrenOf(node).flatMap(all)];

export interface Source {
  path: string;
  text: string;
}

const parsed = ({ path, text }: Source): Node =>
  parseSync(text, { syntax: 'typescript', tsx: path.endsWith('x') }) as unknown as Node;

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** What stands for the value of an expression in a text. */
const somewhat = '…';

/** A text as it stands: a literal, a template, or what an element shows. */
const textOf = (node: Node): string | undefined => {
  if (node.type === 'StringLiteral' || node.type === 'JSXText') return String(node.value);
  if (node.type === 'TemplateLiteral')
    return nodesIn(node.quasis)
      .map(({ cooked }) => String(cooked))
      .join(somewhat);
  if (node.type === 'JSXExpressionContainer') {
    const [shown] = nodesIn(node.expression);
    return shown && (textOf(shown) ?? somewhat);
  }
  return undefined;
};

// SQL, and texts that are code: who reads a message meets neither.
const isCode = ({ type }: Node): boolean =>
  ['TaggedTemplateExpression', 'ImportDeclaration', 'TsLiteralType', 'TsTypeAnnotation'].includes(type);

/** Every text of a source; an element's words are one text. */
export const textsOf = (source: Source): string[] => {
  const texts = (node: Node): string[] => {
    if (isCode(node)) return [];
    if (node.type === 'JSXElement' || node.type === 'JSXFragment') {
      const shown = nodesIn(node.children).map((child) => textOf(child) ?? somewhat);
      return [
        shown.join(''),
        ...childrenOf(node)
          .filter(({ type }) => type !== 'JSXText')
          .flatMap(texts),
      ];
    }
    const own = textOf(node);
    return [...(own === undefined || node.type === 'JSXText' ? [] : [own]), ...childrenOf(node).flatMap(texts)];
  };
  return texts(parsed(source))
    .map(oneLine)
    .filter((text) => /[a-z]/i.test(text));
};

const pressed = /(Button|Link|AskFirst|DialogSubmit)$/;
const nameOf = (node: Node): string => {
  const [opening] = nodesIn(node.opening);
  const [name] = nodesIn(opening?.name);
  return typeof name?.value === 'string' ? name.value : '';
};
/** The words that an element shows, one text for each of the words it chooses from. */
const wordsOf = (node: Node): string[] =>
  node.type === 'JSXText' || node.type === 'StringLiteral'
    ? [String(node.value)]
    : childrenOf(node)
        .filter(({ type }) => type !== 'JSXOpeningElement' && type !== 'JSXClosingElement')
        .flatMap(wordsOf);

/** The words on what a person can press: buttons, links that are acts, and the answers of a question. */
export const labelsOf = (source: Source): string[] =>
  all(parsed(source)).flatMap((node) => {
    const isConfirm = node.type === 'KeyValueProperty' && nodesIn(node.key)[0]?.value === 'confirm';
    const isConfirmed = node.type === 'JSXAttribute' && nodesIn(node.name)[0]?.value === 'confirm';
    if (isConfirm || isConfirmed) return nodesIn(node.value).flatMap(wordsOf).map(oneLine);
    return node.type === 'JSXElement' && pressed.test(nameOf(node))
      ? nodesIn(node.children).flatMap(wordsOf).map(oneLine).filter(Boolean)
      : [];
  });
