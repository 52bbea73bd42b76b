import type { ConditionEntry } from './condition-entry.ts';
import { conditions } from './conditions.ts';
import { group, version } from './tenant.ts';
import { tenantSchema } from './tenant-schema.ts';

const column = (name: string, type: string, jsonPath: string, more: object = {}) => ({ name, type, jsonPath, ...more });

const conditionStatus = (type: string): string => `.status.conditions[?(@.type=="${type}")].status`;
const conditionReason = (type: string): string => `.status.conditions[?(@.type=="${type}")].reason`;

/** The CustomResourceDefinition that charts/legendops-crds installs; `npm run check` compares the chart with it. */
export const tenantDefinition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `tenants.${group}` },
  spec: {
    group,
    scope: 'Cluster',
    names: {
      kind: 'Tenant',
      listKind: 'TenantList',
      plural: 'tenants',
      singular: 'tenant',
      shortNames: ['tn'],
      categories: ['legendops'],
    },
    versions: [
      {
        name: version,
        served: true,
        storage: true,
        schema: { openAPIV3Schema: tenantSchema },
        subresources: { status: {} },
        additionalPrinterColumns: [
          column('Display Name', 'string', '.spec.displayName'),
          column('State', 'string', '.spec.state'),
          column('Ready', 'string', conditionStatus('Ready')),
          column('Reason', 'string', conditionReason('Ready')),
          ...(Object.entries(conditions) as [string, ConditionEntry][]).flatMap(([type, { column: heading }]) =>
            heading === undefined ? [] : [column(heading, 'string', conditionReason(type))],
          ),
          column('Namespace', 'string', '.status.namespace', { priority: 1 }),
          column('Slot', 'string', '.status.database.activeSlot', { priority: 1 }),
          column('Tenant Id', 'string', '.status.tenantId', { priority: 1 }),
          column('Age', 'date', '.metadata.creationTimestamp'),
        ],
      },
    ],
  },
} as const;
