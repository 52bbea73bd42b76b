import type { EventEmitter } from 'node:events';

// `disconnect`: where a parent process holds an IPC channel (the one-machine platform), its end is our signal.
const ends = ['SIGTERM', 'SIGINT', 'disconnect'] as const;

/**
 * The first process of a container has no default for a signal, and would be killed half a minute after it. Until this is taken
 * back, a signal ends the process with this code at once: for work that bears an end anywhere. Who has ended takes it back: whoever
 * listens to a parent's end holds the channel to it open, and does not end.
 */
export const endOnSignal = (
  exitCode: number,
  {
    source = process,
    exit = (code) => process.exit(code),
  }: { source?: EventEmitter; exit?: (code: number) => void } = {},
): (() => void) => {
  const end = (): void => exit(exitCode);
  for (const name of ends) source.on(name, end);
  return () => {
    for (const name of ends) source.off(name, end);
  };
};
