import { timingSafeEqual } from 'node:crypto';
import type { ActAs } from '@legendops/kit/audit/audit';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { TenantRegistry } from '@legendops/kit/db/tenant-registry';
import { problem, Problem } from '@legendops/kit/errors/problem';
import type { Log } from '@legendops/kit/log/logger';
import { sampled } from '@legendops/kit/log/sampled';
import type { Member } from '../contract.ts';
import type { InvitationService } from '../invitation/service.ts';
import type { MemberService } from '../member/service.ts';
import type { SessionService } from '../session/service.ts';
import type { DirectoryPerson, Entra } from './entra.ts';
import type { PendingSignIn } from './pending-cookie.ts';
import type { SignInStore } from './store.ts';

/** What becomes of a sign-in; the session that the browser had before ends. */
type SignInAct = 'session.started' | 'session.ended' | 'member.joined';

export interface SignInService {
  begin(request: {
    returnTo: string;
    invitation?: string | undefined;
    loginHint?: string | undefined;
  }): Promise<{ url: string; pending: PendingSignIn }>;
  /** The secret of a new session; throws a Problem that the portal can show. */
  finish(
    answer: SignInAnswer,
    browser: { pending: PendingSignIn | undefined; cookieHeader: string | undefined },
    actAs: ActAs<SignInAct>,
  ): Promise<{ session: string; seconds: number }>;
}

/** What the directory sent back through the browser. */
export interface SignInAnswer {
  state?: string | undefined;
  code?: string | undefined;
  error?: string | undefined;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');

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
  const sample = sampled();
  const requireOpen = async (tenantId: string): Promise<void> => {
    const tenant = await registry.find(tenantId);
    if (!tenant || tenant.state === 'deleting' || tenant.state === 'retained')
      throw problem('sign-in.unknown-directory');
    if (tenant.state === 'suspended') throw problem('tenant.suspended');
  };

  // A link takes its holder to who sent it; without one a person goes where they are a member. A guest may come from
  // whatever directory, because the link alone says who is meant; staff come from the organisation's own.
  const admit = async (
    person: DirectoryPerson,
    secret: string | undefined,
    actAs: ActAs<'member.joined'>,
  ): Promise<{ scope: Scope; member: Member }> => {
    const invited = secret === undefined ? undefined : await invitations.invitedBy(secret);
    const home = await store.tenantOfDirectory(person.directoryId);
    const isFor = invited !== undefined && (invited.role === 'guest' || invited.tenantId === home);
    const tenantId = isFor ? invited.tenantId : ((await store.tenantOfMember(person)) ?? home);
    const isUsed = secret !== undefined && !invited;
    if (tenantId === undefined) throw problem(isUsed ? 'invitation.used' : 'sign-in.unknown-directory');
    await requireOpen(tenantId);
    const scope = { tenantId };
    const known = await members.findPerson(scope, person);
    if (known) return { scope, member: known };
    if (secret !== undefined && isFor)
      return { scope, member: await invitations.redeem(actAs, scope, { secret, person }) };
    if (isUsed) throw problem('invitation.used');
    throw problem(secret === undefined ? 'sign-in.not-invited' : 'sign-in.unknown-directory');
  };

  const personFrom = async (code: string, pending: PendingSignIn): Promise<DirectoryPerson> => {
    try {
      return await entra.finish(code, pending);
    } catch (error) {
      // What the directory or its token said is for our log; a person can only try again.
      const line = sample('refused');
      if (line) log.warn({ reason: reasonOf(error), ...line }, 'sign-in refused');
      throw problem('sign-in.failed');
    }
  };

  return {
    begin: async ({ returnTo, invitation, loginHint }) => {
      const { url, pending } = await entra.begin({ loginHint }).catch((error: unknown) => {
        const line = sample('directory');
        if (line) log.warn({ reason: reasonOf(error), ...line }, 'the directory cannot be asked');
        throw problem('service.unavailable');
      });
      return { url, pending: { ...pending, returnTo, ...(invitation !== undefined && { invitation }) } };
    },
    finish: async ({ state, code, error }, { pending, cookieHeader }, actAs) => {
      if (!pending || state === undefined || !equal(state, pending.state)) throw problem('sign-in.failed');
      if (error === 'access_denied') throw problem('sign-in.cancelled');
      if (error !== undefined || code === undefined) throw problem('sign-in.failed');
      const person = await personFrom(code, pending);
      const { scope, member } = await admit(person, pending.invitation, actAs);
      if (member.state !== 'active') throw problem('permission.denied');
      return sessions.start(actAs, { tenantId: scope.tenantId, member }, cookieHeader);
    },
  };
};

/** The code that the portal explains; what is not a refusal of ours is a failure. */
export const signInProblem = (error: unknown): string => (error instanceof Problem ? error.code : 'sign-in.failed');
