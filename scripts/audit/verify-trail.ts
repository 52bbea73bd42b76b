import { createPool } from '@legendops/kit/db/pool';
import { platformDatabase, serviceDatabase } from '@legendops/kit/db/tenant-database';
import { verifyTenants, type TenantVerification } from '../../services/portal/src/audit/verify-tenants.ts';

const line = ({ name, checked, end, broken }: TenantVerification): string => {
  if (broken) return `${name}: ${checked} right, then broken at entry ${broken.position}: ${broken.reason}`;
  const ends = end.position === 0n ? '' : `, ends with ${end.hash.toString('hex')}`;
  return `${name}: ${checked} right${ends}`;
};

/** Follows every organisation's audit trail in portal_db at that address; a line each. True when all of them hold. */
export const verifyTrail = async (connectionString: string, print: (line: string) => void): Promise<boolean> => {
  const pool = createPool({ connectionString, max: 1 });
  try {
    const verified = await verifyTenants({ platform: platformDatabase(pool), database: serviceDatabase(pool) });
    for (const one of verified) print(line(one));
    const broken = verified.filter((one) => one.broken !== undefined).length;
    const entries = verified.reduce((sum, { checked }) => sum + checked, 0);
    print(
      broken === 0
        ? `${entries} entries of ${verified.length} organisations: every trail holds`
        : `${broken} of ${verified.length} trails are broken: compare them with a backup of portal_db, and with the lines “audit trail” in the portal service's log`,
    );
    return broken === 0;
  } finally {
    await pool.end();
  }
};
