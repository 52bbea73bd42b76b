import { beforeEach, describe, expect, it } from 'vitest';
import { browserHistory, type BrowserHistory, type Whereabouts } from './browser-history.ts';

/** As much of a window as the history of one tab needs. */
const aWindow = (href: string) => {
  const entries: { url: URL; state: unknown }[] = [{ url: new URL(href, 'https://portal.example'), state: null }];
  let at = 0;
  const told: Partial<Record<string, () => void>> = {};
  const entry = () => entries[at] ?? { url: new URL('https://portal.example'), state: null };
  const window = {
    scrollY: 0,
    location: {
      get pathname() {
        return entry().url.pathname;
      },
      get search() {
        return entry().url.search;
      },
    },
    history: {
      scrollRestoration: 'auto',
      get state() {
        return entry().state;
      },
      pushState: (state: unknown, _title: string, to: string) => {
        entries.splice(at + 1, Infinity, { url: new URL(to, entry().url), state });
        at += 1;
      },
      replaceState: (state: unknown, _title: string, to = '') => {
        entries[at] = { url: new URL(to, entry().url), state };
      },
      go: (by: number) => {
        at += by;
        told['popstate']?.();
      },
      back: () => window.history.go(-1),
    },
    addEventListener: (name: string, tell: () => void) => {
      told[name] = tell;
    },
  };
  return {
    window: window as unknown as Window,
    scrollTo: (y: number) => {
      window.scrollY = y;
    },
    step: (by: number) => window.history.go(by),
    followFragment: () => {
      entries.splice(at + 1, Infinity, { url: new URL('#main', entry().url), state: null });
      at += 1;
      told['popstate']?.();
    },
    fire: (name: string) => told[name]?.(),
    length: () => entries.length,
  };
};

describe('browserHistory', () => {
  let tab: ReturnType<typeof aWindow>;
  let history: BrowserHistory;
  let steps: [before: string, now: string][];
  const path = ({ pathname, search }: Whereabouts) => pathname + search;

  beforeEach(() => {
    let keys = 0;
    tab = aWindow('/invoices?status=draft');
    history = browserHistory(tab.window, () => `key-${++keys}`);
    steps = [];
    history.listen((now, before) => steps.push([path(before), path(now)]));
  });

  it('begins where the browser is', () => {
    expect(path(history.here())).toBe('/invoices?status=draft');
  });

  it('tells of every step where it led from and to', () => {
    history.push('/usage');
    history.replace('/usage?from=2026-10-01');
    tab.step(-1);
    expect(steps).toEqual([
      ['/invoices?status=draft', '/usage'],
      ['/usage', '/usage?from=2026-10-01'],
      ['/usage?from=2026-10-01', '/invoices?status=draft'],
    ]);
    expect(tab.length()).toBe(2);
  });

  it('knows on the way back and forth how far each page was scrolled', () => {
    tab.scrollTo(700);
    history.push('/usage');
    expect(history.here().returnsTo).toBeNull();
    tab.scrollTo(40);
    tab.step(-1);
    expect(history.here().returnsTo).toBe(700);
    tab.step(1);
    expect(history.here().returnsTo).toBe(40);
  });

  it('takes a link to a part of the page for no return', () => {
    tab.scrollTo(300);
    tab.followFragment();
    expect(history.here()).toMatchObject({ pathname: '/invoices', returnsTo: null });
    tab.step(-1);
    expect(history.here().returnsTo).toBe(300);
  });

  it('leaves scrolling to the browser while the page is away', () => {
    expect(tab.window.history.scrollRestoration).toBe('manual');
    tab.fire('pagehide');
    expect(tab.window.history.scrollRestoration).toBe('auto');
    tab.fire('pageshow');
    expect(tab.window.history.scrollRestoration).toBe('manual');
  });

  it('knows where a link led from, also after other steps', () => {
    expect(history.here().from).toBeNull();
    history.push('/invoices/1');
    expect(history.here().from).toBe('/invoices?status=draft');
    history.push('/usage');
    history.back();
    expect(history.here()).toMatchObject({ pathname: '/invoices/1', from: '/invoices?status=draft' });
  });

  describe('under guard', () => {
    let held: (() => void)[];
    let holds: boolean;
    beforeEach(() => {
      held = [];
      history.push('/prices');
      history.push('/team');
      steps.length = 0;
      holds = true;
      history.guard({ holds: () => holds, ask: (go) => held.push(go) });
    });

    it.each([
      ['a link', () => history.push('/usage'), '/usage'],
      ['back', () => tab.step(-1), '/prices'],
      ['two steps back', () => tab.step(-2), '/invoices?status=draft'],
    ])('holds %s until it may go', (_, leave, to) => {
      leave();
      expect([steps, path(history.here()), tab.window.location.pathname]).toEqual([[], '/team', '/team']);
      held.shift()?.();
      expect(steps).toEqual([['/team', to]]);
      expect(held).toEqual([]);
    });

    it('asks again at the next step, and no more once there is nothing to hold for', () => {
      tab.step(-1);
      held.shift()?.();
      tab.step(1);
      expect([held.length, path(history.here())]).toEqual([1, '/prices']);
      holds = false;
      tab.step(1);
      expect(path(history.here())).toBe('/team');
    });
  });

  it('stops telling when asked to', () => {
    history.listen(() => expect.unreachable())();
    history.push('/usage');
    expect(steps).toHaveLength(1);
  });
});
