interface Mail {
  subject: string;
  text: string;
  receivedAt?: string;
}

const withinMs = 30_000;

/** The link of the newest invitation that was mailed to this address; waits for it. */
export const invitationLink = async (mailbox: string, email: string): Promise<string> => {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const response = await fetch(`${mailbox}/api/messages?to=${encodeURIComponent(email)}`);
    const mails = (await response.json()) as Mail[];
    const link = mails.map(({ text }) => /https?:\/\/\S+\/invitation\?link=[\w-]+/.exec(text)?.[0]).find(Boolean);
    if (link !== undefined) return link;
    if (Date.now() > deadline) throw new Error(`No invitation came for ${email} within ${withinMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};
