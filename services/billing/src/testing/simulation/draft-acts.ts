import type { BillingWorld } from '../billing-world.ts';
import { approvedLines } from './approved-lines.ts';
import { centsOf, nothingMeant, type Meant } from './meant.ts';
import type { Random } from './random.ts';

/** What people do with drafts and approvals, and what they were told of it. */
export interface DraftActs {
  meant: Meant;
  /** What was approved or left, by invoice, as it was then. */
  approved: Map<string, string>;
  counts: { edits: number; holds: number; rejections: number; takenBack: number };
  /** What they were allowed although it must not be. */
  violations: string[];
  /** Edits, holds, rejections, and what is taken back, on a day. */
  act(): Promise<void>;
  approve(isWanted: (month: string) => boolean): Promise<void>;
  /** Everything that may be approved is: what nobody holds must be. */
  approveAll(): Promise<void>;
  /** Takes back what is approved, left, or about to be sent. */
  takeBack(): Promise<void>;
}

interface Listed {
  id: string;
  of: string;
  contentHash: string;
  total: string;
}

type Call = (method: string, path: string, body?: object) => Promise<{ status: number }>;

export const draftActsOf = ({
  world,
  tenantId,
  random,
  call,
}: {
  world: BillingWorld;
  tenantId: string;
  random: Random;
  call: Call;
}): DraftActs => {
  const meant = nothingMeant();
  const approved = new Map<string, string>();
  const counts = { edits: 0, holds: 0, rejections: 0, takenBack: 0 };
  const violations: string[] = [];
  const reason = 'By hand';

  const listed = (...statuses: string[]): Promise<Listed[]> =>
    world.rows<Listed>(
      `select id, customer_id || ' ' || to_char(period_start, 'YYYY-MM') as of, content_hash as "contentHash",
         total_minor::text as total
       from billing.invoices where tenant_id = $1 and status = any ($2) order by period_start, customer_name`,
      [tenantId, statuses],
    );
  const freeze = async (id: string): Promise<void> => {
    approved.set(id, (await approvedLines(world, tenantId)).get(id) ?? '');
  };
  const approveOne = async ({ id, of, contentHash }: Listed): Promise<boolean> => {
    const { status } = await call('POST', `invoices/${id}/approval`, { contentHash });
    if (status !== 200) return false;
    await freeze(id);
    if (meant.held.has(of)) violations.push(`${of} is approved although it is held`);
    return true;
  };
  const linesOf = (invoice: string): Promise<{ id: string; key: string }[]> =>
    world.rows(
      'select id, source_key as key from billing.invoice_lines where tenant_id = $1 and invoice_id = $2 order by position',
      [tenantId, invoice],
    );

  const edit = async (): Promise<void> => {
    const draft = random.pick(await listed('draft'));
    if (!draft) return;
    const { id, of, contentHash, total } = draft;
    const before = await linesOf(id);
    const line = random.pick(before);
    const isUndone = line !== undefined && meant.edits.has(`${of} ${line.key}`) && random.chance(0.4);
    const isAdded = !isUndone && (line === undefined || random.chance(0.4));
    const cents = random.below(40_000) - 20_000;
    // A credit that is more than all else makes it a credit memo.
    const isGoodwill = isAdded && random.chance(0.6);
    const [quantity, price] = isGoodwill
      ? [1, -Math.abs(Number(total)) - Math.abs(cents)]
      : [1 + random.below(9), cents];
    const numbers = { quantity: `${quantity}`, unitPrice: (price / 100).toFixed(2) };
    const { status } = await call('POST', `invoices/${id}/edits`, {
      contentHash,
      reason,
      ...(isUndone
        ? { act: 'undo', lineId: line.id }
        : isAdded
          ? { act: 'add', description: 'Visit on site', ...numbers }
          : { act: 'change', lineId: line?.id, ...numbers }),
    });
    if (status !== 200) throw new Error(`A draft could not be changed: ${status}`);
    counts.edits += 1;
    const known = new Set(before.map(({ key }) => key));
    const key = isAdded ? (await linesOf(id)).find((one) => !known.has(one.key))?.key : line?.key;
    if (isUndone) meant.edits.delete(`${of} ${key}`);
    else meant.edits.set(`${of} ${key}`, centsOf(quantity, price));
  };
  const hold = async (): Promise<void> => {
    const draft = random.pick(await listed('draft'));
    if (!draft || (await call('POST', `invoices/${draft.id}/hold`, { reason })).status !== 200) return;
    counts.holds += 1;
    meant.held.add(draft.of);
    await approveOne(draft);
  };
  const release = async (): Promise<void> => {
    const draft = random.pick((await listed('draft')).filter(({ of }) => meant.held.has(of)));
    if (!draft) return;
    const { status } = await call('POST', `invoices/${draft.id}/release`);
    if (status === 200) meant.held.delete(draft.of);
    else violations.push(`${draft.of} is held, and cannot be released: ${status}`);
  };
  const reject = async (): Promise<void> => {
    const draft = random.pick(await listed('draft'));
    if (!draft) return;
    const { id, of, contentHash, total } = draft;
    const things = random.chance(0.4) ? 'left' : 'anew';
    if ((await call('POST', `invoices/${id}/rejection`, { contentHash, reason, things })).status !== 200) return;
    counts.rejections += 1;
    meant.held.delete(of);
    if (things === 'left') {
      meant.left.set(of, BigInt(total));
      await freeze(id);
      return;
    }
    for (const key of meant.edits.keys()) if (key.startsWith(of)) meant.edits.delete(key);
    const now = (await listed('draft')).find((one) => one.id === id);
    if (now && (await approveOne(now))) violations.push(`${of} is approved although it is to be drafted anew`);
  };
  const takeBack = async (): Promise<void> => {
    const one = random.pick(await listed('approved', 'settled', 'rejected', 'posting', 'failed'));
    if (!one || (await call('POST', `invoices/${one.id}/taking-back`, { reason })).status !== 200) return;
    counts.takenBack += 1;
    approved.delete(one.id);
    meant.left.delete(one.of);
  };

  return {
    meant,
    approved,
    counts,
    violations,
    act: async () => {
      if (random.chance(0.05)) await edit();
      if (random.chance(0.015)) await hold();
      if (random.chance(0.03)) await release();
      if (random.chance(0.012)) await reject();
      if (random.chance(0.018)) await takeBack();
    },
    approve: async (isWanted) => {
      for (const draft of await listed('draft')) if (isWanted(draft.of)) await approveOne(draft);
    },
    approveAll: async () => {
      for (const draft of await listed('draft'))
        if (!(await approveOne(draft)) && !meant.held.has(draft.of))
          violations.push(`${draft.of} cannot be approved, and nobody holds it`);
    },
    takeBack,
  };
};
