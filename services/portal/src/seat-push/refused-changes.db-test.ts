import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ByHand } from '../../../../scripts/doubles/superops/by-hand.ts';
import { seatWorld, type SeatWorld } from '../testing/seat-world.ts';
import type { SuperOpsWorld } from '../testing/superops-world.ts';

let t: SeatWorld;
let world: SuperOpsWorld;
beforeAll(async () => {
  t = await seatWorld();
  world = t.world;
});
afterAll(() => world.close());
beforeEach(async () => {
  await t.anew();
});

describe('an approved change', () => {
  const lines = async (id: string) =>
    (await world.call('GET', `seat-pushes/${id}`)).body.data.map((line: { state: string; reason: string | null }) => [
      line.state,
      line.reason,
    ]);

  const client = 'The client in SuperOps has been merged or deleted there';
  it.each([
    [
      'of a contract that ended',
      () => ({ act: 'end-contract', contractId: t.contractId(), on: '2026-10-31' }),
      'The contract has ended in SuperOps',
    ],
    [
      'of a contract that is gone',
      () => ({ act: 'delete-contract', contractId: t.contractId() }),
      'SuperOps has the contract no more',
    ],
    [
      'of a contract that counts by itself now',
      () => ({ act: 'count-by-itself', contractId: t.contractId() }),
      'SuperOps counts this contract by itself',
    ],
    ['of a client that is gone', () => ({ act: 'delete-client', accountId: t.clientId('Fabrikam') }), client],
    [
      'of a client that was merged',
      () => ({ act: 'merge-client', accountId: t.clientId('Fabrikam'), into: t.clientId('Tailspin Toys') }),
      'The contract was changed in SuperOps after it was compared',
    ],
    [
      'of a quantity that is another by now',
      () => ({
        act: 'change-quantity',
        contractId: t.contractId(),
        effectiveDate: '2026-10-01',
        quantity: '39',
        operation: 'BASELINE',
      }),
      'The contract was changed in SuperOps after it was compared',
    ],
    [
      'of a day before another change',
      () => ({
        act: 'change-quantity',
        contractId: t.contractId(),
        effectiveDate: '2026-12-01',
        quantity: '50',
        operation: 'BASELINE',
      }),
      'The contract has a change of a later day already',
    ],
  ] as [string, () => ByHand, string][])('%s is refused, and says so', async (_what, byHand, reason) => {
    const id = await t.approved();
    world.superops.byHand('northwind', byHand());
    const count = t.account().contracts.length === 0 ? 0 : t.changes().length;
    expect((await t.act(id, 'sending')).body).toMatchObject({ state: 'done', lines: { sent: 0, refused: 2 } });
    expect(await lines(id)).toEqual([
      ['refused', reason],
      ['refused', reason],
    ]);
    expect(t.account().contracts.length === 0 ? 0 : t.changes().length).toBe(count);
  });

  it('that SuperOps does not take is refused, and so is the one that stands on it', async () => {
    const id = await t.approved();
    const effect = 'value_pattern_validation_failed';
    world.superops.operationFaults.add({ operation: 'updateClientContract', effect, count: 1 });
    expect((await t.act(id, 'sending')).body.lines).toMatchObject({ refused: 2, sent: 0 });
    expect((await lines(id))[0]).toEqual(['refused', 'SuperOps does not take the quantity']);
  });
});
