import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { createStencilReader, type StencilReader } from '@legendops/catalog/stencil/reader';
import { compare, told } from './rounds.ts';
import { stencilStoring } from './stencils-stored.ts';

const mostMegabytes = 256;
const mostDelayMs = 50;

const stencilFiles = async (): Promise<string[]> => {
  const { LEGENDOPS_DATA: data, LEGENDOPS_TOOLS: tools } = process.env;
  const folder = data ?? (tools && join(tools, '../data'));
  if (!folder) return [];
  const names = await readdir(join(folder, 'visio'));
  return names.filter((name) => name.endsWith('.vssx')).map((name) => join(folder, 'visio', name));
};

/** Whether libvisio's converter has read the file; false where it is not installed. */
const convert = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn('vss2xhtml', [path], { stdio: 'ignore' });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });

/** How late the event loop is at most while `work` goes on. */
const longestDelayMs = async (work: () => Promise<unknown>): Promise<number> => {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await work();
  delay.disable();
  return delay.max / 1e6;
};

const perSecond = async (work: () => Promise<unknown>): Promise<number> => {
  const before = performance.now();
  await work();
  return 1000 / (performance.now() - before);
};

interface Reading {
  reader: StencilReader;
  /** How late the event loop was while ours were read; starting other programs delays it as well. */
  longestDelayMs: number;
}

const measured = async (reading: Reading, path: string, hasLibvisio: boolean): Promise<boolean> => {
  const bytes = await readFile(path);
  const title = path.slice(path.lastIndexOf('/') + 1);
  const ours = async (): Promise<number> => {
    let rate = 0;
    const delayMs = await longestDelayMs(async () => (rate = await perSecond(() => reading.reader.read(bytes))));
    reading.longestDelayMs = Math.max(reading.longestDelayMs, delayMs);
    return rate;
  };
  if (hasLibvisio) return compare({ title, ours, floor: () => perSecond(() => convert(path)), target: 1 });
  await ours();
  process.stdout.write(`${title.padEnd(64)} ours ${(await ours()).toFixed(1)} a second\n`);
  return true;
};

/** How late the event loop of a service is while it reads and keeps all these, one request after the other. */
const delayOfStoring = async (paths: readonly string[]): Promise<number> => {
  const storing = await stencilStoring();
  try {
    return await longestDelayMs(async () => {
      for (const path of paths) await storing.store(path);
    });
  } finally {
    await storing.stop();
  }
};

/**
 * Files a second, each parsed and all its masters drawn: ours in a thread that has read before, as a service has it,
 * against a run of `vss2xhtml`; with the memory of this process and how long its event loop was kept waiting, as well where all
 * is kept in a database.
 */
export const benchStencils = async (): Promise<boolean> => {
  const paths = await stencilFiles();
  const [first] = paths;
  if (first === undefined) {
    process.stdout.write('No stencils: set LEGENDOPS_DATA to a folder with visio/*.vssx.\n');
    return true;
  }
  const hasLibvisio = await convert(first);
  if (!hasLibvisio) process.stdout.write('vss2xhtml is not installed (Debian: libvisio-tools): ours alone.\n');
  const reader = createStencilReader();
  // What the machine itself does to the loop: on a busy one, more than any reading.
  const idleMs = await longestDelayMs(() => setTimeout(2_000));
  let met = true;
  let megabytes = 0;
  const sampling = setInterval(() => (megabytes = Math.max(megabytes, process.memoryUsage.rss() / 2 ** 20)), 20);
  const reading: Reading = { reader, longestDelayMs: 0 };
  try {
    for (const path of paths) met = (await measured(reading, path, hasLibvisio)) && met;
  } finally {
    clearInterval(sampling);
    await reader.close();
  }
  const delayMs = reading.longestDelayMs;
  const fits = megabytes < mostMegabytes && delayMs < mostDelayMs;
  process.stdout.write(
    `memory ${megabytes.toFixed(0)} MB (under ${mostMegabytes}), event loop delayed ${delayMs.toFixed(1)} ms at most (under ${mostDelayMs}; ${idleMs.toFixed(1)} ms while nothing was read): ${told(fits)}\n`,
  );
  const storingMs = await delayOfStoring(paths);
  const isUndisturbed = storingMs < mostDelayMs;
  process.stdout.write(
    `read and kept in PostgreSQL: event loop delayed ${storingMs.toFixed(1)} ms at most (under ${mostDelayMs}): ${told(isUndisturbed)}\n`,
  );
  return met && fits && isUndisturbed;
};
