import * as z from 'zod';
import { escapeHtml } from '../html.ts';

// What Teams shows of an Adaptive Card that a workflow posts, as far as cards of this kind go. Unknown elements are dropped by
// Teams without a word; here they are refused, as is a link that is none.

const webAddress = z.url({ protocol: /^https?$/ });
const OpenUrl = z.strictObject({ type: z.literal('Action.OpenUrl'), title: z.string().min(1), url: webAddress });

const TextRun = z.strictObject({
  type: z.literal('TextRun'),
  text: z.string().min(1),
  weight: z.enum(['Bolder', 'Lighter', 'Default']).optional(),
  size: z.enum(['Small', 'Default', 'Medium', 'Large', 'ExtraLarge']).optional(),
  isSubtle: z.boolean().optional(),
});
const RichTextBlock = z.strictObject({ type: z.literal('RichTextBlock'), inlines: z.array(TextRun).min(1) });
const TextBlock = z.strictObject({
  type: z.literal('TextBlock'),
  text: z.string().min(1),
  wrap: z.boolean().optional(),
  weight: z.string().optional(),
  size: z.string().optional(),
});
const ActionSet = z.strictObject({ type: z.literal('ActionSet'), actions: z.array(OpenUrl).min(1).max(6) });
const leaves = [RichTextBlock, TextBlock, ActionSet] as const;
const Container = z.strictObject({
  type: z.literal('Container'),
  separator: z.boolean().optional(),
  items: z.array(z.discriminatedUnion('type', leaves)).min(1),
});
const Element = z.discriminatedUnion('type', [...leaves, Container]);
type Element = z.infer<typeof Element>;

export const Card = z.strictObject({
  $schema: z.string(),
  type: z.literal('AdaptiveCard'),
  version: z.enum(['1.0', '1.1', '1.2', '1.3', '1.4', '1.5']),
  body: z.array(Element).min(1),
});
export type Card = z.infer<typeof Card>;

/** The body that the trigger "When a Teams webhook request is received" takes. */
export const Message = z.strictObject({
  type: z.literal('message'),
  attachments: z
    .array(
      z.strictObject({
        contentType: z.literal('application/vnd.microsoft.card.adaptive'),
        contentUrl: z.null().optional(),
        content: z.unknown(),
      }),
    )
    .min(1),
});

// A TextBlock is Markdown, of which links matter here; a text run is not.
const asMarkdown = (text: string): string =>
  escapeHtml(text).replaceAll(
    /\[([^\]]*)\]\((https?:\/\/[^)\s]+)\)/g,
    (_, words: string, address: string) => `<a href="${address}">${words}</a>`,
  );

const htmlOf = (element: Element): string => {
  if (element.type === 'TextBlock') return `<p>${asMarkdown(element.text)}</p>`;
  if (element.type === 'RichTextBlock') return `<p>${element.inlines.map(({ text }) => escapeHtml(text)).join('')}</p>`;
  if (element.type === 'Container') return element.items.map(htmlOf).join('');
  return `<p>${element.actions.map(({ title, url }) => `<a href="${escapeHtml(url)}">${escapeHtml(title)}</a>`).join(' ')}</p>`;
};

/** The card as its channel shows it. */
export const cardHtml = ({ body }: Card): string => body.map(htmlOf).join('');

const textsOf = (element: Element): string[] => {
  if (element.type === 'TextBlock') return [element.text];
  if (element.type === 'RichTextBlock') return [element.inlines.map(({ text }) => text).join('')];
  return element.type === 'Container' ? element.items.flatMap(textsOf) : [];
};

/** What a person reads of it, a line a text. */
export const cardText = ({ body }: Card): string => body.flatMap(textsOf).join('\n');
