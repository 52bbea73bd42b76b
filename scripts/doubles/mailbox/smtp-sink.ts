import { buffer } from 'node:stream/consumers';
import { callbackify } from 'node:util';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';

type Options = {
  port: number;
  host?: string | undefined;
  /** The sender is told of success when it resolves, and of failure when it rejects. */
  receive: (raw: Buffer, recipients: string[]) => Promise<void>;
  log: (line: string) => void;
};

const mostBytes = 20 * 1024 * 1024;

/** Takes every letter for anybody: no password, no TLS, this machine only unless told. */
export async function smtpSink({
  port,
  host = '127.0.0.1',
  receive,
  log,
}: Options): Promise<{ port: number; close: () => Promise<void> }> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: mostBytes,
    // A sender that keeps its connection must not keep us.
    closeTimeout: 50,
    onData: callbackify(async (stream: SMTPServerDataStream, { envelope }: SMTPServerSession) => {
      const raw = await buffer(stream);
      if (stream.sizeExceeded) throw new Error(`A letter has ${mostBytes} bytes at most`);
      await receive(
        raw,
        envelope.rcptTo.map(({ address }) => address),
      );
    }),
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  // A sender that breaks off is its own affair.
  server.on('error', (error: Error) => log(`mailbox: ${error.message}`));
  const address = server.server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The mailbox listens on no port');
  return { port: address.port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
