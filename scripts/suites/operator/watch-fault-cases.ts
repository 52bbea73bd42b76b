import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { annotations, tenants } from '@legendops/tenant-operator/api/tenant';
import { jobNames, jobs } from '@legendops/tenant-operator/api/jobs';
import { ownedKindNames } from '@legendops/tenant-operator/owned/owned-kinds';
import { cronJobs } from '@legendops/tenant-operator/owned/resources';
import { eventually } from '@legendops/kit/testing/eventually';
import type { World } from './operator-world.ts';
import type { InWorld } from './tenants-in-world.ts';
import { startWatchProxy } from './watch-proxy.ts';
import type { Answer, Asked, LineFault, WatchProxy } from './watch-proxy.ts';
import { pause } from './waiting.ts';

const quickPace = { firstDelayMs: 50, longestDelayMs: 400, silenceMs: 1_000 };
// Of Tenants, of namespaces, and of each kind in them.
const watches = 2 + ownedKindNames.length;
const faultMs = 2_000;
// In turns: one that is removed too often is given up.
const cronJobNames = jobNames.map((job) => jobs[job].cronJob);
// With waits of 25 to 600 ms between tries; a loop without them asks a thousand times as often.
const mostAsked = watches * 14;

const status = (code: number, reason: string) =>
  JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', message: reason, reason, code });
const refused = (code: number, reason: string, headers = {}): Answer => ({
  status: code,
  body: status(code, reason),
  headers,
});
const streamOf = (body: string): Answer => ({ status: 200, body });
const errorEvent = (code: number, reason: string): string =>
  `${JSON.stringify({ type: 'ERROR', object: JSON.parse(status(code, reason)) as object })}\n`;

/** What every watch is answered while the fault lasts. */
const watchFaults: [what: string, answer: Answer][] = [
  ['the connection is reset', 'reset'],
  ['the connection is half open and silent', 'silence'],
  ['the stream ends at once', streamOf('')],
  ['the server answers 500', refused(500, 'InternalError')],
  ['the server answers 403', refused(403, 'Forbidden')],
  ['the server answers 429 and says when to come back', refused(429, 'TooManyRequests', { 'retry-after': '1' })],
  ['the server answers 410', refused(410, 'Expired')],
  ['410 comes inside of the stream', streamOf(errorEvent(410, 'Expired'))],
  ['500 comes inside of the stream', streamOf(errorEvent(500, 'InternalError'))],
  ['the stream holds garbage', streamOf('{"type":"ADDED","obj\n\0\u0001<html>\n')],
  ['the stream ends within a line', streamOf('{"type":"ADDED","object":{"metadata":{"name":"tor')],
  ['the server answers HTML', streamOf('<html>Sign in</html>\n')],
];

/** Numbers that look random and come again with the seed. */
const randomFrom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
};

const onlyBookmarks: LineFault = (line, pass) => void (line.includes('"BOOKMARK"') && pass(line));

const isList = ({ path }: Asked): boolean => path.includes('limit=');

/** Of each two events the second comes first; one that stays alone comes late. */
const swapping = (): LineFault => {
  let waiting: { line: string; timer: NodeJS.Timeout } | undefined;
  return (line, pass) => {
    if (!waiting) {
      const timer = setTimeout(() => {
        waiting = undefined;
        pass(line);
      }, 100);
      waiting = { line, timer };
      return;
    }
    clearTimeout(waiting.timer);
    const { line: first } = waiting;
    waiting = undefined;
    pass(line);
    pass(first);
  };
};

export const watchFaultCases = (world: () => World, t: InWorld): void => {
  let proxy: WatchProxy;
  const jobOf = (tenant: string, index: number) => ({
    name: cronJobNames[index % cronJobNames.length] ?? '',
    namespace: `tenant-${tenant}`,
  });
  const harm = async (tenant: string, index = 0): Promise<void> => {
    const key = jobOf(tenant, index);
    const found = await world().kube.read(cronJobs, key);
    await world().kube.remove(cronJobs, key, { uid: found?.metadata.uid ?? '' });
  };
  const isWhole =
    (tenant: string, index = 0) =>
    () =>
      world().kube.read(cronJobs, jobOf(tenant, index));
  const openWatches = (): Promise<unknown> =>
    eventually('all watches are open', async () => new Set(openKinds()).size === watches);
  const openKinds = (): string[] =>
    proxy.asked.filter(({ isWatch }) => isWatch).map(({ path }) => path.split('?')[0] ?? '');

  beforeAll(async () => {
    await t.removeAll();
    proxy = await startWatchProxy(world().kubeconfigOfOperator, world().vault.certificates);
  });
  afterAll(async () => {
    await world().restartOperator();
    await proxy.close();
  });
  afterEach(() => proxy.heal());

  describe('a watch that breaks', () => {
    beforeAll(async () => {
      await world().restartOperator({ kubeconfig: proxy.kubeconfig, fullPassMs: 3_600_000, pace: quickPace });
      await t.apply('stays', {});
      await t.ready('stays');
      await openWatches();
    });

    test.each(watchFaults.map(([what, answer], index) => [what, answer, index] as const))(
      '%s: what happened meanwhile is done after, and the server is asked in moderation',
      async (_what, answer, index) => {
        const first = proxy.asked.length;
        proxy.answer = ({ isWatch }) => (isWatch ? answer : undefined);
        proxy.breakStreams(answer === 'silence' ? 'silence' : 'end');
        await pause(100);
        await t.apply(`during-${index}`, {});
        await harm('stays', index);
        await pause(faultMs);
        const asked = proxy.asked.slice(first).filter((asked) => asked.isWatch || isList(asked));
        expect(world().operator().isAlive()).toBe(true);
        proxy.heal();
        await t.ready(`during-${index}`);
        await eventually('what was removed is back', isWhole('stays', index));
        expect(asked.length).toBeLessThan(mostAsked);
      },
    );

    test('a list that fails or is garbage after 410 is tried again in moderation', async () => {
      const first = proxy.asked.length;
      let round = 0;
      proxy.answer = ({ isWatch, path }) => {
        if (isWatch) return refused(410, 'Expired');
        round += 1;
        return path.includes('limit=')
          ? [refused(500, 'InternalError'), streamOf('{"items'), 'reset' as const][round % 3]
          : undefined;
      };
      proxy.breakStreams('reset');
      await t.apply('listless', {});
      await pause(faultMs);
      const asked = proxy.asked.length - first;
      proxy.heal();
      await t.ready('listless');
      expect(asked).toBeLessThan(2 * mostAsked);
    });
  });

  describe('events that do not come as they should', () => {
    beforeAll(() => t.removeAll());
    const seed = Date.now() % 100_000;
    const lines: [what: string, line: () => LineFault][] = [
      ['half of them are lost', () => lossy(0.5)],
      ['all of them are lost, bookmarks aside', () => onlyBookmarks],
      ['each comes twice', () => (line, pass) => [line, line].forEach(pass)],
      ['each comes late', () => (line, pass) => void setTimeout(() => pass(line), 150)],
      ['they come in another order', swapping],
      ['old ones come again', () => replaying()],
    ];
    const lossy = (share: number): LineFault => {
      const random = randomFrom(seed);
      return (line, pass) => void (random() >= share && pass(line));
    };
    const replaying = (): LineFault => {
      const random = randomFrom(seed);
      const seen: string[] = [];
      return (line, pass) => {
        seen.push(line);
        pass(line);
        const old = seen[Math.floor(random() * seen.length)];
        if (old !== undefined && !old.includes('"BOOKMARK"')) pass(old);
      };
    };

    test.each(lines.map(([what, line], index) => [what, line, index] as const))(
      `%s (seed ${seed}): everything comes to what is wanted`,
      async (_what, line, index) => {
        await world().restartOperator({ kubeconfig: proxy.kubeconfig, pace: quickPace });
        proxy.line = line();
        const [kept, changed, again] = [`kept-${index}`, `changed-${index}`, `again-${index}`];
        for (const name of [kept, changed, again]) await t.apply(name, { deletionPolicy: 'Delete' });
        for (const name of [kept, changed, again]) await t.ready(name);
        const before = (await t.read(again))?.status?.tenantId;
        await t.apply(changed, { deletionPolicy: 'Delete', displayName: 'Changed' }, { [annotations.rotate]: '1' });
        await harm(kept);
        await t.remove(again);
        await t.gone(again);
        await t.apply(again, { deletionPolicy: 'Delete' });
        await eventually('what was removed is back', isWhole(kept));
        await t.ready(again);
        await t.usesSlot(changed, 'b');
        const after = (await t.read(again))?.status?.tenantId ?? '';
        expect(after).not.toBe(before);
        // An old deletion, told again, does nothing to the new tenant of the name.
        await pause(500);
        expect((await t.read(again))?.status?.tenantId).toBe(after);
        expect(await t.logIn(await t.databaseSecret(again))).toBe(after);
        expect((await t.registryRows(changed)).map((row) => row?.display_name)).toEqual(
          Array.from({ length: 4 }, () => 'Changed'),
        );
      },
    );

    test('a list from the past does not bring a tenant back, nor remove one', async () => {
      await world().restartOperator({ kubeconfig: proxy.kubeconfig, pace: quickPace, fullPassMs: 3_600_000 });
      for (const name of ['past', 'present']) await t.apply(name, { deletionPolicy: 'Delete' });
      await t.ready('past');
      const tenantId = (await t.ready('present')).status?.tenantId ?? '';
      const old = await world().kube.list(tenants, {});
      await t.remove('past');
      await t.gone('past');
      await t.apply('future', {});
      await t.ready('future');
      const metadata = { resourceVersion: old.resourceVersion };
      const stale = JSON.stringify({ kind: 'TenantList', metadata, items: old.items });
      let told = 0;
      proxy.answer = ({ path, isWatch }) => {
        if (!path.includes('/tenants?') || told >= 2) return undefined;
        told += 1;
        return isWatch ? refused(410, 'Expired') : { status: 200, body: stale };
      };
      proxy.breakStreams('end');
      await eventually('the old list was read', async () => told >= 2);
      await t.apply('present', { deletionPolicy: 'Delete', displayName: 'Still here' });
      await eventually(
        'the change is done',
        async () => (await t.registryRows('present'))[0]?.display_name === 'Still here',
      );
      expect(await t.read('past')).toBeUndefined();
      expect(await t.registryRows('past')).toEqual([undefined, undefined, undefined, undefined]);
      expect(await t.logIn(await t.databaseSecret('present'))).toBe(tenantId);
      expect((await t.ready('future')).metadata.deletionTimestamp).toBeUndefined();
    });
  });

  describe('the full pass', () => {
    const single = /\/(tenants|namespaces)\/(tenant-)?quiet$/;
    /** What was read of the tenant one by one, and which kinds were listed, from a request on. */
    const since = (first: number) => {
      const reads = proxy.asked.slice(first).filter(({ method, isWatch }) => method === 'GET' && !isWatch);
      return {
        one: reads.filter((read) => !isList(read) && /quiet(\/|$)/.test(read.path)).map(({ path }) => path),
        lists: reads.filter(isList).length,
      };
    };
    const isQuiet = async (): Promise<boolean> => {
      const first = proxy.asked.length;
      await eventually('there were two full passes', async () => since(first).lists >= 2 * watches);
      const { one } = since(first);
      return one.length > 0 && one.every((path) => single.test(path));
    };

    beforeAll(async () => {
      await world().restartOperator({ kubeconfig: proxy.kubeconfig, pace: quickPace });
      await t.apply('quiet', {});
      await t.ready('quiet');
    });

    test('lists every kind anew, and reads of a tenant whose objects stayed as they were none of them', async () => {
      await eventually('nothing of it is read', isQuiet);
    });

    test('undoes an edit that no event told', async () => {
      await eventually('nothing of it is read', isQuiet);
      proxy.line = onlyBookmarks;
      await world().kube.mergePatch(cronJobs, jobOf('quiet', 0), { spec: { suspend: true } });
      await eventually('it is as it was', async () => {
        const job = await world().kube.read(cronJobs, jobOf('quiet', 0));
        return job?.spec.suspend === false;
      });
    });

    test('reads one by one while a kind cannot be listed', async () => {
      await eventually('nothing of it is read', isQuiet);
      const listsCronJobs = (asked: Asked): boolean => isList(asked) && asked.path.includes('/cronjobs?');
      proxy.answer = (asked) => (listsCronJobs(asked) ? refused(500, 'InternalError') : undefined);
      const first = proxy.asked.length;
      await eventually('the list was refused', async () => proxy.asked.slice(first).some(listsCronJobs));
      await t.apply('quiet', { displayName: 'Another' });
      await eventually('its CronJobs are read', async () =>
        since(first).one.some((path) => path.includes('/cronjobs/')),
      );
    });
  });
};
