import type { Actor } from '../auth/actor.ts';
import type { AuditAct } from '../contract/audit-acts.ts';
import type { AuditAuthor, AuditChange, AuditPayload, AuditSubject } from '../contract/audit-payload.ts';
import type { Scope } from '../db/tenant-database.ts';
import type { Transaction } from '../db/transaction.ts';
import { randomId } from '../log/random-ids.ts';
import { currentContext } from '../log/request-context.ts';
import { appendEvents } from '../outbox/append-event.ts';

/** The feed that portal keeps the trail from. */
export const auditTopic = 'audit';

interface Audited<Act extends AuditAct> {
  act: Act;
  subject: AuditSubject;
  /** What is different afterwards, in plain fields; never a secret. */
  changes?: readonly AuditChange[];
}

/** Writes down what is done, in the transaction that does it: both happen or neither. */
export type Audit<Act extends AuditAct> = (transaction: Transaction, ...entries: Audited<Act>[]) => Promise<void>;

/**
 * A scope in which somebody acts. A service that asks for one with its act can be called by a route alone that declares this
 * act, or by background work that says who it is.
 */
export interface ActingScope<Act extends AuditAct> extends Scope {
  audit: Audit<Act>;
}

export interface Acting {
  tenantId: string;
  author: AuditAuthor;
}

/** For a route that is open to everyone: its handler learns who acts. */
export type ActAs<Act extends AuditAct> = (who: Acting) => ActingScope<Act>;

export const asMember = ({ memberId, name, email }: Pick<Actor, 'memberId' | 'name' | 'email'>): AuditAuthor => ({
  kind: 'member',
  id: memberId,
  name,
  email: email === '' ? null : email,
});

export const asNobody = (kind: Exclude<AuditAuthor['kind'], 'member'>, name: string): AuditAuthor => ({
  kind,
  id: null,
  name,
  email: null,
});

export const auditBy =
  <Act extends AuditAct>({ tenantId, author }: Acting): Audit<Act> =>
  (transaction, ...entries) => {
    const { requestId = null, traceId = null } = currentContext();
    return appendEvents(
      transaction,
      entries.map(({ act, subject, changes = [] }) => {
        const happenedAt = new Date().toISOString();
        const payload: AuditPayload = { happenedAt, act, author, subject, changes: [...changes], requestId, traceId };
        return { tenantId, topic: auditTopic, entityId: randomId(), entityVersion: 1, payload };
      }),
    );
  };

export const actingAs = <Act extends AuditAct>(acting: Acting): ActingScope<Act> => ({
  tenantId: acting.tenantId,
  audit: auditBy(acting),
});
