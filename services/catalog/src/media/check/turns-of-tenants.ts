/** One work after the other. After each it is the next tenant's turn: who brings a hundred waits for them alone. */
export const turnsOfTenants = () => {
  const waiting = new Map<string, (() => Promise<unknown>)[]>();
  let isServing = false;
  const serve = async (): Promise<void> => {
    if (isServing) return;
    isServing = true;
    // Who is put behind the others meanwhile is met as well.
    for (const [tenantId, own] of waiting) {
      await own.shift()?.();
      waiting.delete(tenantId);
      if (own.length > 0) waiting.set(tenantId, own);
    }
    isServing = false;
  };
  return <T>(tenantId: string, work: () => Promise<T>): Promise<T> => {
    const { promise, resolve } = Promise.withResolvers<T>();
    const turn = (): Promise<unknown> => {
      const done = work();
      resolve(done);
      return done.catch(() => undefined);
    };
    const own = waiting.get(tenantId);
    if (own === undefined) waiting.set(tenantId, [turn]);
    else own.push(turn);
    void serve();
    return promise;
  };
};
