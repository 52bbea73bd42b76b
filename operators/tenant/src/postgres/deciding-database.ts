import { databases, type DatabaseName } from '@legendops/kit/config/databases';

/**
 * The database that decides which id a tenant has; the others follow it. It is asked first and left last: while its row is
 * there, everybody knows what else belongs to the tenant.
 */
export const decidingDatabase: DatabaseName = 'portal_db';

export const followingDatabases: readonly DatabaseName[] = databases.filter((name) => name !== decidingDatabase);
