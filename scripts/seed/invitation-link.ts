import { eventually } from '@legendops/kit/testing/eventually';

interface Mail {
  subject: string;
  text: string;
  receivedAt?: string;
}

const withinMs = 30_000;

const newestLink = async (mailbox: string, email: string): Promise<string | undefined> => {
  const response = await fetch(`${mailbox}/api/messages?to=${encodeURIComponent(email)}`);
  const mails = (await response.json()) as Mail[];
  return mails.map(({ text }) => /https?:\/\/\S+\/invitation\?link=[\w-]+/.exec(text)?.[0]).find(Boolean);
};

/** The link of the newest invitation that was mailed to this address; waits for it. */
export const invitationLink = (mailbox: string, email: string): Promise<string> =>
  eventually(`an invitation comes for ${email}`, () => newestLink(mailbox, email), { withinMs, everyMs: 200 });
