import type { KubeObject } from '../object/kube-object.ts';

/** Fields of an Event by their names in the core group, and in events.k8s.io. One set of objects is served as both. */
const renamed: readonly (readonly [core: string, events: string])[] = [
  ['involvedObject', 'regarding'],
  ['message', 'note'],
  ['source', 'deprecatedSource'],
  ['count', 'deprecatedCount'],
  ['firstTimestamp', 'deprecatedFirstTimestamp'],
  ['lastTimestamp', 'deprecatedLastTimestamp'],
  ['reportingComponent', 'reportingController'],
];

const toEvents = new Map(renamed.map(([core, events]) => [core, events]));
const toCore = new Map(renamed.map(([core, events]) => [events, core]));

export const eventInVersion = (event: KubeObject, apiVersion: string): KubeObject => {
  const names = apiVersion === 'v1' ? toCore : toEvents;
  const { metadata, kind, ...fields } = event;
  const converted = Object.fromEntries(Object.entries(fields).map(([name, value]) => [names.get(name) ?? name, value]));
  return { ...converted, metadata, kind, apiVersion };
};
