import { createHash } from 'node:crypto';
import { asMember, type ActAs } from '@legendops/kit/audit/audit';
import type { TenantRegistry } from '@legendops/kit/db/tenant-registry';
import { problem } from '@legendops/kit/errors/problem';
import { accessTokenSeconds, type SigningKey } from '../keys/signing-key.ts';
import type { Member } from '../contract.ts';
import { memberSubject } from '../member/audited-member.ts';
import type { MemberService } from '../member/service.ts';
import type { SessionSecrets } from './session-secrets.ts';
import type { SessionStore, StoredSession } from './store.ts';

export interface SessionService {
  /** The secret for the cookie; only its hash is kept. The session that this browser had before ends. */
  start(
    actAs: ActAs<'session.started' | 'session.ended'>,
    whose: { tenantId: string; member: Member },
    cookieHeader: string | undefined,
  ): Promise<{ session: string; seconds: number }>;
  /**
   * An access token of five minutes for the session of this cookie. A portal that is left open trades on and on: the person
   * was `seen` only if they did something since the last trade.
   */
  token(
    cookieHeader: string | undefined,
    trade: { seen: boolean },
  ): Promise<{ accessToken: string; expiresAt: string }>;
  /** Ends the session; quietly when there is none. */
  end(actAs: ActAs<'session.ended'>, cookieHeader: string | undefined): Promise<void>;
}

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

// A busy screen asks for a token every few minutes; a row written at each would be noise.
const touchAfterMs = 60_000;

export const sessionService = ({
  store,
  secrets,
  members,
  registry,
  key,
  idleMinutes,
  hours,
  now = () => new Date(),
}: {
  store: SessionStore;
  secrets: SessionSecrets;
  members: MemberService;
  registry: TenantRegistry;
  key: SigningKey;
  idleMinutes: number;
  hours: number;
  now?: () => Date;
}): SessionService => {
  const find = async (cookieHeader: string | undefined): Promise<StoredSession | undefined> => {
    const secret = secrets.in(cookieHeader);
    return secret === undefined ? undefined : store.findOpen(hashOf(secret));
  };
  // Whoever did something in time is heard of with the next trade: up to a token's life later.
  const idleLimitMs = ({ seen }: { seen: boolean }): number =>
    idleMinutes * 60_000 + (seen ? accessTokenSeconds * 1000 : 0);
  const isOver = ({ expiresAt, lastSeenAt }: StoredSession, limitMs: number): boolean =>
    expiresAt <= now() || lastSeenAt.getTime() + limitMs <= now().getTime();

  const end: SessionService['end'] = async (actAs, cookieHeader) => {
    const session = await find(cookieHeader);
    if (!session) return;
    const { tenantId, memberId } = session;
    // Nobody for staff whose directory the organisation gave up meanwhile: their id tells who it was.
    const { name = '', email = '' } = (await members.get({ tenantId }, memberId)) ?? {};
    await store.end(actAs({ tenantId, author: asMember({ memberId, name, email }) }), {
      id: session.id,
      member: memberSubject({ id: memberId, name }),
    });
  };

  return {
    start: async (actAs, { tenantId, member }, cookieHeader) => {
      await end(actAs, cookieHeader);
      const session = secrets.make();
      const seconds = hours * 3_600;
      const expiresAt = new Date(now().getTime() + seconds * 1000);
      const scope = actAs({ tenantId, author: asMember({ ...member, memberId: member.id }) });
      await store.insert(scope, { member: memberSubject(member), tokenHash: hashOf(session), expiresAt });
      return { session, seconds };
    },
    token: async (cookieHeader, trade) => {
      // Before anything is read: whoever ends the session later knows by when the last token of it is over.
      const askedAt = now();
      const session = await find(cookieHeader);
      if (!session || isOver(session, idleLimitMs(trade))) throw problem('session.missing');
      const scope = { tenantId: session.tenantId };
      const [tenant, member] = await Promise.all([registry.find(scope.tenantId), members.get(scope, session.memberId)]);
      if (!tenant || !member || member.state !== 'active') throw problem('session.missing');
      if (tenant.state !== 'active') throw problem('tenant.suspended');
      if (trade.seen && now().getTime() - session.lastSeenAt.getTime() > touchAfterMs)
        await store.touch(scope, session.id, now());
      return key.sign(
        {
          memberId: member.id,
          sessionId: session.id,
          tenantId: scope.tenantId,
          role: member.role,
          customerId: member.customerId ?? undefined,
          name: member.name,
          email: member.email,
        },
        askedAt,
      );
    },
    end,
  };
};
