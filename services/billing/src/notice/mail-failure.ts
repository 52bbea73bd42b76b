import { UndeliverableAddress } from '@legendops/kit/mail/mailer';

/** What a person is told of a mail that was not taken, in words of ours: a server's may quote anything. */
export const mailFailure = (error: unknown): { failure: string; isFinal: boolean } => {
  if (error instanceof UndeliverableAddress) return { failure: 'The mail server refuses the address', isFinal: true };
  const code =
    error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number'
      ? error.responseCode
      : undefined;
  return {
    failure: code === undefined ? 'The mail server could not be reached' : `The mail server answered ${code}`,
    isFinal: false,
  };
};
