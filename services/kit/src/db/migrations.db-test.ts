import { describe, expect, it } from 'vitest';
import { testDatabase } from '../testing/test-database.ts';
import { catalogOf } from '../testing/catalog.ts';
import { databases } from '../config/databases.ts';
import { loadSchema, migrateDatabase } from './migrate.ts';

describe('schema.sql and the migrations', () => {
  it.each(databases)('lead %s to the same catalog', async (name) => {
    const truth = await testDatabase(null);
    const migrated = await testDatabase(name);
    try {
      await loadSchema(truth.url(), name);
      const [expected, actual] = [await catalogOf(truth.administrator), await catalogOf(migrated.administrator)];
      expect(actual).toEqual(expected);
      expect(expected.length).toBeGreaterThan(50);
    } finally {
      await truth.close();
      await migrated.close();
    }
  });

  it('are applied once: a second run finds nothing to do', async () => {
    const database = await testDatabase('portal_db');
    try {
      expect(await migrateDatabase(database.url(), 'portal_db')).toEqual([]);
    } finally {
      await database.close();
    }
  });
});
