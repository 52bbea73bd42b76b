import { databases } from '@legendops/kit/config/databases';
import { requireSchema } from '@legendops/kit/db/schema-version';
import type { Provisioners } from './provisioners.ts';

/** Refuses to work where one of the databases is of an older release, or of a newer one that nobody has accepted. */
export const requireSchemas = async (
  { on, registrar }: Pick<Provisioners, 'on' | 'registrar'>,
  { acceptNewer }: { acceptNewer: boolean },
): Promise<void> => {
  for (const database of databases)
    await requireSchema(
      ({ text }) => on(registrar, database, async (client) => (await client.query<{ name: string }>(text)).rows),
      { database, acceptNewer },
    );
};
