import type { Provisioners } from './provisioners.ts';
import { reads } from './reads.ts';

/** What time it is in billing_db, where the logins are whose passwords grow old. */
export const databaseTimeOf = (provisioners: Provisioners) => async (): Promise<Date> => {
  const { rows } = await provisioners.on(provisioners.registrar, 'billing_db', (client) =>
    client.query<{ now: Date }>(reads.databaseTime),
  );
  const [row] = rows;
  if (!row) throw new Error('The database told no time');
  return row.now;
};
