import { workingHoursSaid, isWithin, type WorkingHours } from './working-hours.ts';

/** What was seen of an environment that may sleep. */
export interface Seen {
  now: Date;
  cluster: Part;
  servers: readonly Part[];
  /** Of the last hour at the edge; undefined where nobody could tell. */
  requests: number | undefined;
  /** The tag KeepAwakeUntil of the resource group. */
  keepUntil: string | undefined;
}

export interface Part {
  name: string;
  /** As Azure calls it: Running, Ready, Stopped, Stopping, … */
  state: string;
}

export interface Decision {
  wanted: 'running' | 'stopped' | 'as it is';
  reason: string;
}

const resting = new Set(['Running', 'Ready', 'Stopped']);

export const isUp = ({ state }: Part): boolean => state === 'Running' || state === 'Ready';
export const isDown = ({ state }: Part): boolean => state === 'Stopped';

const asItIs = (reason: string): Decision => ({ wanted: 'as it is', reason });

/** Whether the environment shall run, and why. What is not known stops nothing. */
export const decide = (
  { now, cluster, servers, requests, keepUntil }: Seen,
  { hours, order }: { hours: WorkingHours; order: 'start' | 'stop' | undefined },
): Decision => {
  const moving = [cluster, ...servers].find(({ state }) => !resting.has(state));
  if (moving) return asItIs(`${moving.name} is ${moving.state}: Azure is at it, or it needs a person`);
  if (order === 'start') return { wanted: 'running', reason: 'a person asked for it' };
  if (order === 'stop') return { wanted: 'stopped', reason: 'a person asked for it' };
  if (keepUntil !== undefined) {
    const until = new Date(keepUntil);
    if (Number.isNaN(until.getTime()))
      return asItIs(`the tag KeepAwakeUntil says ${keepUntil}, which is no time such as 2026-12-01T22:00:00Z`);
    if (until > now) return { wanted: 'running', reason: `the tag KeepAwakeUntil says ${until.toISOString()}` };
  }
  if (isWithin(hours, now)) return { wanted: 'running', reason: `it is within ${workingHoursSaid(hours)}` };
  const outside = `it is outside of ${workingHoursSaid(hours)}`;
  if (isDown(cluster)) return { wanted: 'stopped', reason: outside };
  if (requests === undefined) return asItIs('nobody could tell whether it is in use: its metrics cannot be read');
  if (requests > 0) return asItIs(`it is in use: ${requests} requests in the last hour`);
  return { wanted: 'stopped', reason: `${outside}, and nobody asked it for anything in the last hour` };
};
