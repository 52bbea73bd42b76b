import { timingSafeEqual } from 'node:crypto';
import type { TenantRegistry } from '@legendops/kit/db/tenant-registry';
import { problem, Problem } from '@legendops/kit/errors/problem';
import type { Log } from '@legendops/kit/log/logger';
import type { InvitationService } from '../invitation/service.ts';
import type { MemberService } from '../member/service.ts';
import type { SessionService } from '../session/service.ts';
import type { DirectoryPerson, Entra } from './entra.ts';
import type { PendingSignIn } from './pending-cookie.ts';
import type { SignInStore } from './store.ts';

export interface SignInService {
  begin(wish: {
    returnTo: string;
    invitation?: string | undefined;
    loginHint?: string | undefined;
  }): Promise<{ url: string; pending: PendingSignIn }>;
  /** The secret of a new session; throws a Problem that the portal can show. */
  finish(answer: SignInAnswer, pending: PendingSignIn | undefined): Promise<{ session: string; seconds: number }>;
}

/** What the directory sent back through the browser. */
export interface SignInAnswer {
  state?: string | undefined;
  code?: string | undefined;
  error?: string | undefined;
}

const equal = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

export const signInService = ({
  entra,
  store,
  registry,
  members,
  invitations,
  sessions,
  log,
}: {
  entra: Entra;
  store: SignInStore;
  registry: TenantRegistry;
  members: MemberService;
  invitations: InvitationService;
  sessions: SessionService;
  log: Log;
}): SignInService => {
  const tenantOf = async (person: DirectoryPerson): Promise<string> => {
    const tenantId = await store.tenantOfDirectory(person.directoryId);
    const tenant = tenantId === undefined ? undefined : await registry.find(tenantId);
    if (!tenant || tenant.state === 'deleting' || tenant.state === 'retained')
      throw problem('sign-in.unknown-directory');
    if (tenant.state === 'suspended') throw problem('tenant.suspended');
    return tenant.id;
  };

  const personFrom = async (code: string, pending: PendingSignIn): Promise<DirectoryPerson> => {
    try {
      return await entra.finish(code, pending);
    } catch (error) {
      // What the directory or its token said is for our log; a person can only try again.
      log.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'sign-in refused');
      throw problem('sign-in.failed');
    }
  };

  return {
    begin: async ({ returnTo, invitation, loginHint }) => {
      const { url, pending } = await entra.begin({ loginHint });
      return { url, pending: { ...pending, returnTo, ...(invitation !== undefined && { invitation }) } };
    },
    finish: async ({ state, code, error }, pending) => {
      if (!pending || state === undefined || !equal(state, pending.state)) throw problem('sign-in.failed');
      if (error === 'access_denied') throw problem('sign-in.cancelled');
      if (error !== undefined || code === undefined) throw problem('sign-in.failed');
      const person = await personFrom(code, pending);
      const scope = { tenantId: await tenantOf(person) };
      const member =
        (await members.findPerson(scope, person)) ??
        (pending.invitation === undefined ? undefined : await invitations.redeem(scope, pending.invitation, person));
      if (!member) throw problem('sign-in.not-invited');
      if (member.state !== 'active') throw problem('permission.denied');
      return sessions.start(scope, member.id);
    },
  };
};

/** The code that the portal explains; what is not a refusal of ours is a failure. */
export const signInProblem = (error: unknown): string => (error instanceof Problem ? error.code : 'sign-in.failed');
