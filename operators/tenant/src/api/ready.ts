import type { ReasonEntry } from './condition-entry.ts';
import { annotations } from './tenant.ts';

/** Of Ready alone; it takes over the reasons of those that gate it, too. */
export const reasonsOfReady = {
  Ready: { status: 'True', meaning: 'Everything that gates it is true.', remedy: '', says: () => '' },
  Paused: {
    status: 'Unknown',
    meaning: `The annotation ${annotations.paused} is set; False while the Tenant is to be removed.`,
    remedy: 'Remove the annotation.',
    says: (what: 'living' | 'deleted') =>
      what === 'living'
        ? `Nothing is done while the annotation ${annotations.paused} is set: remove it to go on`
        : `It is not removed while the annotation ${annotations.paused} is set: remove that to go on`,
  },
  NamespaceTerminating: {
    status: 'False',
    meaning: 'The Tenant is being removed, and waits for its namespace.',
    remedy: 'Where it stays, look at what the message says is left in the namespace.',
    says: (namespace: string, reasons: readonly string[]) =>
      `Waiting until the namespace ${namespace} is gone${reasons.length > 0 ? `: ${reasons.join('; ')}` : ''}`,
  },
  FinalizersRemain: {
    status: 'False',
    meaning: 'All that was made for the Tenant is gone, and finalizers of others keep the resource.',
    remedy: 'Whoever set them must remove them.',
    says: (others: readonly string[]) =>
      `All that was made for it is gone; the resource stays for the finalizers of others, who must remove them: ${others.join(', ')}`,
  },
} as const satisfies Record<string, ReasonEntry>;

/** Of the conventions that kstatus, and with it Helm and GitOps tools, wait by: there while they are true. */
export const standardConditions = {
  Reconciling: 'The tenant is not ready, and is being worked on.',
  Stalled: 'No waiting mends the first thing that needs somebody.',
} as const;
