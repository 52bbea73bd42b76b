import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { endOnSignal } from './end-on-signal.ts';

test.each(['SIGTERM', 'SIGINT', 'disconnect'])(
  '%s ends the process with the code, until that is taken back',
  (name) => {
    const source = new EventEmitter();
    const exit = vi.fn<(code: number) => void>();
    const takeBack = endOnSignal(1, { source, exit });
    source.emit(name);
    expect(exit.mock.calls).toEqual([[1]]);
    takeBack();
    source.emit(name);
    expect(exit).toHaveBeenCalledTimes(1);
  },
);
