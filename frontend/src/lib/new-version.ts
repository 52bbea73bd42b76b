// A page whose code cannot be loaded may be of a version that is no longer put up: its files are gone, and only the
// current index.html names those that are there.

interface Surroundings {
  /** The main script of this very document. */
  running: () => string | null;
  /** The index.html of now. */
  readIndex: () => Promise<string>;
  reload: () => void;
  storage: Pick<Storage, 'getItem' | 'setItem'>;
}

const scriptIn = (html: string): string | null => /<script[^>]*\ssrc="([^"]+)"/.exec(html)?.[1] ?? null;
const reloadedFor = 'legendops.reloaded-for';

/** Reloads for a newer version than the one that runs, once for each: two versions side by side are no loop. */
export const newVersion =
  ({ running, readIndex, reload, storage }: Surroundings) =>
  async (): Promise<boolean> => {
    const current = scriptIn(await readIndex().catch(() => ''));
    if (current === null || current === running() || storage.getItem(reloadedFor) === current) return false;
    storage.setItem(reloadedFor, current);
    reload();
    return true;
  };

/** In this browser. True when the page is about to be reloaded. */
export const reloadForNewVersion = (): Promise<boolean> =>
  newVersion({
    running: () => document.querySelector('script[type=module]')?.getAttribute('src') ?? null,
    readIndex: async () => (await fetch('/', { cache: 'no-store' })).text(),
    reload: () => window.location.reload(),
    storage: window.sessionStorage,
  })();
