import { afterAll, beforeAll, expect, it } from 'vitest';
import { mirrorWorld, type MirrorWorld } from '../testing/mirror-world.ts';

let world: MirrorWorld;
beforeAll(async () => {
  world = await mirrorWorld();
});
afterAll(() => world.close());

const kinds = ['client', 'site', 'contact', 'technician', 'ticket', 'message', 'asset', 'contract'];
const mirrored = async () => {
  const objects = [];
  for (const kind of kinds)
    objects.push(await world.mirror(kind, 'id, name, client_id, ticket_id, body, changed_at, gone_at'));
  return objects;
};

it('a run that is killed after every second of its steps is carried on by the next, to the same mirror', async () => {
  await world.begin();
  await world.sync();
  const expected = await mirrored();
  let killed = 0;
  for (let at = 1; ; at += 2) {
    await world.begin();
    const end = await world.sync({ killedAt: at });
    if (end !== 'killed') break;
    killed += 1;
    expect(await world.sync()).toMatchObject({ gone: 0, held: 0 });
    expect(await mirrored()).toEqual(expected);
    const runs = await world.rows('select state, code from portal.runs order by fence');
    expect(runs.at(-1)).toEqual({ state: 'done', code: null });
    expect(runs.slice(0, -1).every((run) => (run as { state: string }).state !== 'running')).toBe(true);
  }
  process.stdout.write(`runs of psa-sync killed: ${killed}\n`);
  expect(killed).toBeGreaterThan(20);
});
