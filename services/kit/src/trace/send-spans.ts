import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { reasonOf } from '../errors/reason-of.ts';
import type { Log } from '../log/logger.ts';
import { sampled } from '../log/sampled.ts';

export interface Collector {
  url: string;
  /** What it takes as `Authorization`, where it wants any. */
  authorization: (() => Promise<string>) | undefined;
  timeoutMs?: number;
  log: Log;
}

/** Sends a batch as OTLP over HTTP; throws where the collector did not take it, after a line of the log now and then. */
export const sendSpans = ({ url, authorization, timeoutMs = 5_000, log }: Collector) => {
  const { host } = new URL(url);
  const sample = sampled();
  const post = async (spans: ReadableSpan[]): Promise<void> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-protobuf',
        ...(authorization && { authorization: await authorization() }),
      },
      body: Buffer.from(ProtobufTraceSerializer.serializeRequest(spans) ?? []),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    // An unread answer would hold its connection.
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`it answered ${response.status}`);
  };
  return async (spans: ReadableSpan[]): Promise<void> => {
    try {
      await post(spans);
    } catch (error) {
      const line = sample('traces');
      if (line)
        log.warn(
          { collector: host, reason: reasonOf(error), spans: spans.length, ...line },
          'traces were not taken: look at the collector of TRACES_URL, and at who may ask it',
        );
      throw error;
    }
  };
};
