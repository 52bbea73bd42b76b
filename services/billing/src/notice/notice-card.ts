import type { Told } from './notice-row.ts';
import { inBrief, inOrder, noticeWords, organisationWords, type NoticeWords } from './notice-words.ts';

export interface NoticeCard {
  /** Of the message: the same at each attempt. */
  id: string;
  organisation: string;
  told: readonly Told[];
  publicUrl: string;
}

/** Teams takes 28 KB; with texts of our lengths so many are below half of it. */
const mostInCard = 8;

interface Run {
  text: string;
  weight?: 'Bolder';
  isSubtle?: true;
  size?: 'Medium';
}

// Text runs alone: a TextBlock and a fact are Markdown, in which a customer's name could be a link.
const line = (run: Run) => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', ...run }] });

const opens = (title: string, url: string) => ({ type: 'Action.OpenUrl', title, url });

const asItems = ({ title, about, detail, nextStep, link }: NoticeWords) => ({
  type: 'Container',
  separator: true,
  items: [
    line({ text: about === '' ? title : `${title}: ${about}`, weight: 'Bolder' }),
    line({ text: detail }),
    line({ text: `Next step: ${nextStep}` }),
    { type: 'ActionSet', actions: [opens('Open in LegendOps', link)] },
  ],
});

/** As a workflow of Teams takes a card that is to be posted into a channel. */
const asMessage = (body: readonly object[]) => ({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      contentUrl: null,
      content: {
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        type: 'AdaptiveCard',
        version: '1.4',
        body,
      },
    },
  ],
});

/** By which two cards of one message are known for one. */
const referenceOf = (id: string): string => `Reference ${id.slice(-12)}. A card that comes twice has the same one.`;

export const noticeCard = ({ id, organisation, told, publicUrl }: NoticeCard) => {
  const ordered = inOrder(told);
  const shown = ordered.slice(0, mostInCard).map((one) => noticeWords(one, publicUrl));
  const more = ordered.length - shown.length;
  return asMessage([
    line({ text: `Billing of ${organisationWords(organisation)}`, weight: 'Bolder', size: 'Medium' }),
    line({ text: inBrief(ordered, publicUrl), isSubtle: true }),
    ...shown.map(asItems),
    ...(more === 0 ? [] : [line({ text: `And ${more} more, which are all in the portal.` })]),
    line({ text: referenceOf(id), isSubtle: true }),
    { type: 'ActionSet', actions: [opens('All notices', `${publicUrl}/notices`)] },
  ]);
};

/** What is posted when a channel is connected: who sees it sees that it works. */
export const sampleCard = ({ organisation, publicUrl }: Pick<NoticeCard, 'organisation' | 'publicUrl'>) =>
  asMessage([
    line({ text: `Billing of ${organisationWords(organisation)}`, weight: 'Bolder', size: 'Medium' }),
    line({ text: 'Notices of LegendOps come here from now on. Nothing is to be done.' }),
    { type: 'ActionSet', actions: [opens('All notices', `${publicUrl}/notices`)] },
  ]);
