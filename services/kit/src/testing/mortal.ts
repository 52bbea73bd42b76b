type Call = (...given: unknown[]) => Promise<unknown>;

export interface Kill {
  at: number;
  when: 'before' | 'after';
}

export const never: Kill = { at: Infinity, when: 'before' };

/** Lets calls through until the one at which the process dies: nothing of it goes on. */
export const mortal = ({ at, when }: Kill) => {
  let calls = 0;
  let isDead = false;
  const die = (): never => {
    isDead = true;
    throw new Error('killed');
  };
  const through = async (call: Call, given: unknown[]): Promise<unknown> => {
    calls += 1;
    if (isDead || (calls === at && when === 'before')) return die();
    const isLast = calls === at;
    const answer = await call(...given);
    return isLast || isDead ? die() : answer;
  };
  const wrap = <Held extends object>(held: Held): Held =>
    new Proxy(held, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (...given: unknown[]) => through(value as Call, given) : value;
      },
    });
  return { wrap, calls: () => calls };
};
