import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One line of the file: what a key holds from now on; without a value it is gone. */
type Entry = { key: string; value?: unknown };

export type Journal = {
  readonly initial: ReadonlyMap<string, unknown>;
  /** Written within the same turn of the event loop, in order. */
  append(entry: Entry): void;
  close(): void;
};

const slack = 2_000;

/**
 * A map kept on disk as a list of changes: writing costs as much as what changed, not as much as everything. The list
 * is rewritten as a whole when most of it is history. Without a directory it lives in memory alone.
 */
export const openJournal = (directory: string | undefined, name: string): Journal => {
  const path = directory === undefined ? undefined : join(directory, `${name}.jsonl`);
  const current = new Map<string, unknown>();
  let lines = path === undefined ? 0 : replay(path, current);
  const initial = new Map(current);
  if (directory !== undefined) mkdirSync(directory, { recursive: true, mode: 0o700 });
  let pending: Entry[] = [];
  let scheduled: NodeJS.Immediate | undefined;

  const flush = (): void => {
    scheduled = undefined;
    if (path === undefined || pending.length === 0) return;
    const entries = pending;
    pending = [];
    lines += entries.length;
    if (lines > 2 * current.size + slack) lines = rewrite(path, current);
    // It holds secrets of the local platform.
    else appendFileSync(path, entries.map(line).join(''), { mode: 0o600 });
  };
  return {
    initial,
    append: (entry) => {
      if (path === undefined) return;
      if (entry.value === undefined) current.delete(entry.key);
      else current.set(entry.key, entry.value);
      pending.push(entry);
      scheduled ??= setImmediate(flush);
    },
    close: () => {
      if (scheduled) clearImmediate(scheduled);
      flush();
    },
  };
};

const line = (entry: Entry): string => `${JSON.stringify(entry)}\n`;

const rewrite = (path: string, current: ReadonlyMap<string, unknown>): number => {
  writeFileSync(`${path}.new`, [...current].map(([key, value]) => line({ key, value })).join(''), { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return current.size;
};

/** How many lines the file has. A last line cut short by a crash is dropped, and the file made whole again. */
const replay = (path: string, into: Map<string, unknown>): number => {
  if (!existsSync(path)) return 0;
  const text = readFileSync(path, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const entries = whole.split('\n').filter(Boolean);
  for (const entry of entries) {
    const { key, value } = JSON.parse(entry) as Entry;
    if (value === undefined) into.delete(key);
    else into.set(key, value);
  }
  return whole === text ? entries.length : rewrite(path, into);
};
