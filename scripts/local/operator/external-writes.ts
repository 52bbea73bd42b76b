import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import type { Logins } from '@legendops/tenant-operator/postgres/logins';
import type { Registry } from '@legendops/tenant-operator/postgres/registry';
import type { TenantVault } from '@legendops/tenant-operator/vault/tenant-vault';

/** What an operator writes to. Reads pass through. */
export interface Outside {
  kube: KubeClient;
  registry: Registry;
  logins: Logins;
  vault: TenantVault;
}

const writes: { [Part in keyof Outside]: (keyof Outside[Part] & string)[] } = {
  kube: ['create', 'apply', 'update', 'mergePatch', 'remove'],
  registry: ['register', 'setDirectories', 'inviteAdmins', 'setState', 'remove'],
  logins: ['createBoth', 'repair', 'enable', 'disable', 'dropBoth'],
  vault: ['begin', 'markCurrent', 'disable', 'reopen', 'remove'],
};

export interface WriteLog {
  /** Every write so far, as part.method. */
  all: string[];
  /** After so many further writes the operator is dead: nothing it asks for happens any more. */
  killAfter(count: number): void;
  readonly killed: boolean;
}

/** Counts what is written, and lets an operator die right after a write, before it learns of the outcome. */
export const watchedWrites = (outside: Outside): { outside: Outside; log: WriteLog } => {
  const all: string[] = [];
  let left = Number.POSITIVE_INFINITY;
  const log: WriteLog = {
    all,
    killAfter: (count) => {
      left = count;
    },
    get killed() {
      return left <= 0;
    },
  };
  const dead = () => new Error('The operator was killed');
  const watched = <Part extends keyof Outside>(part: Part): Outside[Part] =>
    new Proxy(outside[part], {
      get: (target, name, receiver) => {
        const original: unknown = Reflect.get(target, name, receiver);
        if (typeof original !== 'function' || typeof name !== 'string' || name === 'close') return original;
        const isWrite = writes[part].some((method) => method === name);
        if (name === 'watch') return original.bind(target);
        return async (...parameters: unknown[]) => {
          if (log.killed) throw dead();
          const result: unknown = await Reflect.apply(original, target, parameters);
          if (!isWrite) return result;
          all.push(`${part}.${name}`);
          left -= 1;
          if (log.killed) throw dead();
          return result;
        };
      },
    });
  return {
    outside: {
      kube: watched('kube'),
      registry: watched('registry'),
      logins: watched('logins'),
      vault: watched('vault'),
    },
    log,
  };
};
