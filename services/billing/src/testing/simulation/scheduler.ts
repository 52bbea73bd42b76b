import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from './random.ts';

/** What happens to a process at its `at`-th operation. */
export interface Fate {
  at: number;
  /**
   * `killed-before` and `killed-after`: as by kill -9, before or after the operation took effect. `refused`: it fails without an
   * effect. `unheard`: it takes effect, and its answer is lost. `stopped`: the process stands still until all others have ended.
   */
  what: 'killed-before' | 'killed-after' | 'refused' | 'unheard' | 'stopped';
}

export interface Process {
  name: string;
  work: (operation: Operation) => Promise<void>;
  fate?: Fate | undefined;
}

/** An access to the world outside: `failure` is what its process is told where it fails. */
export type Operation = <T>(name: string, effect: () => Promise<T>, failure: () => unknown) => Promise<T>;

export interface End {
  name: string;
  how: 'done' | 'killed' | 'failed';
  error?: unknown;
  operations: number;
  /** Whether what was to happen to it has happened. */
  struck: boolean;
}

interface Parked {
  of: Running;
  name: string;
  effect: () => Promise<unknown>;
  failure: () => unknown;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}

interface Running {
  process: Process;
  end: End;
  over: boolean;
  stopped: boolean;
}

type Attempt = { value: unknown } | { error: unknown };

const attempt = async (effect: () => Promise<unknown>): Promise<Attempt> => {
  try {
    return { value: await effect() };
  } catch (error) {
    return { error };
  }
};

/**
 * Runs processes against each other, one operation at a time; chance says whose. A killed process is a promise that never
 * settles: no handler of it runs, as after SIGKILL. Before those that stand still go on, `meanwhile` happens. The same chance
 * gives the same `trace`.
 */
export const runProcesses = async (
  processes: readonly Process[],
  { random, trace, meanwhile }: { random: Random; trace: string[]; meanwhile?: (() => Promise<void>) | undefined },
): Promise<End[]> => {
  const parked: Parked[] = [];
  const running = processes.map((process): Running => {
    const end: End = { name: process.name, how: 'done', operations: 0, struck: false };
    const of: Running = { process, end, over: false, stopped: false };
    const operation: Operation = (name, effect, failure) =>
      new Promise((resolve, reject) => parked.push({ of, name, effect, failure, resolve, reject }));
    process.work(operation).then(
      () => (of.over = true),
      (error: unknown) => Object.assign(end, { how: 'failed', error }) && (of.over = true),
    );
    return of;
  });
  const kill = (of: Running): void => {
    of.end.how = 'killed';
    of.over = true;
    for (let index = parked.length - 1; index >= 0; index -= 1) if (parked[index]?.of === of) parked.splice(index, 1);
  };
  const step = async (next: Parked): Promise<void> => {
    const { of, name } = next;
    const { end, process } = of;
    end.operations += 1;
    const what = process.fate?.at === end.operations ? process.fate.what : undefined;
    if (what !== undefined) end.struck = true;
    trace.push(`${process.name} ${name}${what ? ` ${what}` : ''}`);
    if (what === 'stopped') of.stopped = true;
    if (what === 'stopped') return void parked.push(next);
    if (what === 'killed-before') return kill(of);
    if (what === 'refused') next.reject(next.failure());
    else {
      const outcome = await attempt(next.effect);
      if (what === 'killed-after') return kill(of);
      if (what === 'unheard') next.reject(next.failure());
      else if ('error' in outcome) next.reject(outcome.error);
      else next.resolve(outcome.value as never);
    }
    // A client waits a moment before it asks a vendor again: whatever is next depends on it.
    if (what !== undefined) await pause(5);
  };
  for (;;) {
    await new Promise(setImmediate);
    if (running.every(({ over }) => over)) return running.map(({ end }) => end);
    const ready = parked.filter(({ of }) => !of.stopped);
    // How often it is looked for in vain is the machine's chance, not the seed's.
    const next = ready.length > 0 ? random.pick(ready) : undefined;
    if (next) {
      parked.splice(parked.indexOf(next), 1);
      await step(next);
    } else if (running.every(({ over, stopped }) => over || stopped)) {
      await meanwhile?.();
      for (const of of running) of.stopped = false;
    }
  }
};
