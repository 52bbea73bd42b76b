/**
 * How long a claim holds without a word of its process: one that is dead says none, and what it had is free within a minute.
 */
export const claimSeconds = 45;
const renewEveryMs = 15_000;
// What is told to end has so long for it; then nobody waits for it any more.
const endsWithinMs = 30_000;

interface Claim {
  /** False where it is somebody else's by now. */
  renew: () => Promise<boolean>;
  /** However often it is renewed, the work ends after this. */
  mostMs: number;
}

/**
 * Renews a claim while the work runs, which is told to end once the claim is lost or its time is over. Work that does not end
 * then is left behind, its claim not renewed: whatever it still writes needs the claim, and somebody else has it by then.
 */
export const whileHeld = async <T>({ renew, mostMs }: Claim, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const told = new AbortController();
  const left = Promise.withResolvers<never>();
  const timers: NodeJS.Timeout[] = [];
  const end = (): void => {
    if (told.signal.aborted) return;
    told.abort(new DOMException('The work took longer than its claim', 'TimeoutError'));
    timers.push(setTimeout(() => left.reject(new Error('The work did not end when it was told to')), endsWithinMs));
  };
  const renewing = setInterval(() => {
    if (told.signal.aborted) return;
    // A renewal that fails is tried again; when none comes through, the claim ends by itself, and the next one says so.
    renew().then(
      (isHeld) => (isHeld ? undefined : end()),
      () => undefined,
    );
  }, renewEveryMs);
  timers.push(setTimeout(end, mostMs));
  try {
    return await Promise.race([work(told.signal), left.promise]);
  } finally {
    clearInterval(renewing);
    for (const timer of timers) clearTimeout(timer);
  }
};
