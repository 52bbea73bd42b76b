import { FeedPage } from '../contract/feed.ts';
import type { PlatformDatabase } from '../db/tenant-database.ts';
import { outgoingHeaders } from '../http/outgoing-headers.ts';
import { tracedFetch } from '../http/traced-fetch.ts';
import { readFeed } from './feed-page.ts';

/** Where a feed comes from: the page after a cursor, when there is one or after some seconds. */
export type FeedSource = (cursor: string, signal: AbortSignal) => Promise<FeedPage>;

const waitSeconds = 10;

/** Of another service, by its internal API. */
export const feedOf =
  ({
    url,
    topic,
    token,
  }: {
    /** Such as http://portal:8081. */
    url: string;
    topic: string;
    /** A fresh service account token for that service. */
    token: () => Promise<string>;
  }): FeedSource =>
  async (cursor, signal) => {
    const response = await tracedFetch(`${url}/internal/v1/feed/${topic}?after=${cursor}&wait=${waitSeconds}`, {
      headers: outgoingHeaders(await token()),
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout((waitSeconds + 10) * 1000)]),
    });
    if (!response.ok) throw new Error(`The feed ${topic} answered ${response.status}`);
    return FeedPage.parse(await response.json());
  };

/** Of the service itself. */
export const ownFeed =
  (database: PlatformDatabase, topic: string): FeedSource =>
  (after, signal) =>
    readFeed(database, { topic, reader: 'self', after, wait: waitSeconds, signal });
