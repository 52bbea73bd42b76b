/** Waits for work whose outcome is its own business, but no longer than this; whether it came to an end. */
export const settlesWithin = async (work: Promise<unknown>, ms: number): Promise<boolean> => {
  const patience = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => patience.resolve(false), ms);
  const settled = work.then(
    () => true,
    () => true,
  );
  const inTime = await Promise.race([settled, patience.promise]);
  clearTimeout(timer);
  return inTime;
};
