import { badRequest, expired, type ApiError } from '../object/api-error.ts';
import type { KubeObject } from '../object/kube-object.ts';
import { inVersion } from '../api/request-checks.ts';
import { apiVersionOf, type Kind } from '../kinds/kind.ts';
import type { ObjectStore, StoreEvent } from '../store/object-store.ts';
import type { Exchange } from './exchange.ts';
import { selectionOf } from './list-objects.ts';
import { objectText } from './object-text.ts';
import { partialOf, tableOf, type Presentation } from './table.ts';

export type WatchOptions = {
  store: ObjectStore;
  kind: Kind;
  namespace: string | undefined;
  presentation: Presentation;
  now: () => Date;
  /** Told how to end the watch when the server closes or its kind is gone. */
  onOpen: (end: () => void) => () => void;
  bookmarkMs: number;
};

const longestSeconds = 3_600;

/** Streams what happens to objects of a kind, each event as a line of JSON, until the time is over or the client leaves. */
export const watchObjects = (exchange: Exchange, options: WatchOptions): void => {
  const { store, kind, namespace, presentation, now } = options;
  const { query, response } = exchange;
  const { matches } = selectionOf(kind, query);
  const versionText = query.get('resourceVersion') ?? '';
  const from = Number(versionText || '0');
  if (!Number.isInteger(from))
    throw badRequest(
      `Invalid value: ${JSON.stringify(versionText)}: strconv.ParseUint: parsing ${JSON.stringify(versionText)}: invalid syntax`,
    );
  const wantsInitial = from === 0 || query.get('sendInitialEvents') === 'true';
  const seconds = Math.min(Number(query.get('timeoutSeconds') ?? 1_800) || 1_800, longestSeconds);
  const isTerse = query.get('includeObject') ?? 'Metadata';
  let withColumns = true;

  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' });
  response.flushHeaders();

  const shown = (object: KubeObject): string => {
    if (presentation === 'object') return objectText(object);
    if (presentation === 'partial') return JSON.stringify(partialOf(object));
    const table = tableOf(
      kind,
      [object],
      { resourceVersion: object.metadata.resourceVersion },
      { includeObject: isTerse, withColumns, now: now() },
    );
    withColumns = false;
    return JSON.stringify(table);
  };
  const write = (type: string, object: string): void => void response.write(`{"type":"${type}","object":${object}}\n`);
  const bookmark = (annotations?: Record<string, string>): void => {
    const metadata = { resourceVersion: String(store.version()), ...(annotations && { annotations }) };
    if (presentation === 'table')
      write(
        'BOOKMARK',
        JSON.stringify({ kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata, columnDefinitions: null, rows: [] }),
      );
    else write('BOOKMARK', JSON.stringify({ kind: kind.kind, apiVersion: apiVersionOf(kind), metadata }));
  };
  const tell = (event: StoreEvent): void => {
    if (event.resource !== kind.resource) return;
    if (namespace !== undefined && event.object.metadata.namespace !== namespace) return;
    const type = typeFor(event, matches);
    if (type !== undefined) write(type, shown(inVersion(kind, event.object)));
  };

  if (wantsInitial) {
    for (const object of store.list(kind.resource, namespace))
      if (matches(object)) write('ADDED', shown(inVersion(kind, object)));
    if (query.get('sendInitialEvents') === 'true') bookmark({ 'k8s.io/initial-events-end': 'true' });
  } else if (store.isCompacted(from)) {
    // Where kube's watch cache is too young it says so inside of the stream.
    response.end(watchError(expired(`too old resource version: ${from}`)));
    return;
  } else for (const event of store.since(from)) tell(event);

  const unsubscribe = store.subscribe(tell);
  const bookmarks = query.get('allowWatchBookmarks') === 'true' ? setInterval(bookmark, options.bookmarkMs) : undefined;
  const end = (): void => void response.end();
  const timer = setTimeout(() => {
    // A last word on where to go on from.
    if (bookmarks) bookmark();
    end();
  }, seconds * 1000);
  const closed = options.onOpen(end);
  response.on('close', () => {
    unsubscribe();
    clearInterval(bookmarks);
    clearTimeout(timer);
    closed();
  });
};

/** What a change is to a watcher that sees a selection only: coming into it is an addition, leaving it a deletion. */
const typeFor = (
  { type, object, previous }: StoreEvent,
  matches: (object: KubeObject) => boolean,
): StoreEvent['type'] | undefined => {
  const is = matches(object);
  const was = previous !== undefined && matches(previous);
  if (type === 'DELETED') return was || is ? 'DELETED' : undefined;
  if (is) return was ? 'MODIFIED' : 'ADDED';
  return was ? 'DELETED' : undefined;
};

/** An error inside of a stream that has begun. */
const watchError = (error: ApiError): string => `${JSON.stringify({ type: 'ERROR', object: error.status() })}\n`;
