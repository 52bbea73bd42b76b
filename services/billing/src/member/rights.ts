import { allows, type Permission } from '@legendops/kit/contract/permissions';
import { Problem, problem } from '@legendops/kit/errors/problem';
import type { StaffOf } from './staff.ts';

/** Whether a member of a tenant may do something now, be they who they were when they said so. */
export type Rights = (memberId: string, permission: Permission) => boolean;

/** Throws service.unavailable where that cannot be learnt: unknown is not "no". */
export type RightsOf = (tenantId: string) => Promise<Rights>;

/** By the auth service, whose members they are, asked at the moment at which it counts. */
export const rightsFrom =
  (staffOf: StaffOf): RightsOf =>
  async (tenantId) => {
    const unknown = () =>
      problem('service.unavailable', {
        detail: 'It cannot be learnt at the moment who has the right to this: it is tried again by itself',
      });
    const staff = await staffOf(tenantId).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      throw unknown();
    });
    // An organisation keeps an administrator: where nobody works there, its members or their directory are not known just now.
    if (staff.length === 0) throw unknown();
    const roles = new Map(staff.map(({ id, role }) => [id, role]));
    return (memberId, permission) => {
      const role = roles.get(memberId);
      return role !== undefined && allows(role, permission);
    };
  };
