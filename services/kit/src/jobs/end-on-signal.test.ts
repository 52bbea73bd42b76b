import { fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

test('a process that has a channel to its parent ends when its work has, once that is taken back', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'end-on-signal-'));
  const module = join(import.meta.dirname, 'end-on-signal.ts');
  const program = join(folder, 'program.mjs');
  await writeFile(program, `import { endOnSignal } from ${JSON.stringify(module)};\nendOnSignal(1)();\n`);
  expect(await once(fork(program), 'exit')).toEqual([0, null]);
  await rm(folder, { recursive: true });
});
