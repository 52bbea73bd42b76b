import { annotations, type Tenant } from '../api/tenant.ts';
import type { Holder, RefusalReason } from '../postgres/registry.ts';

export const lostClusterGuide = 'docs/operations/lost-cluster.md';

interface Said {
  reason: 'NameTaken' | 'CurrencyDiffers' | 'NothingToAdopt' | 'RegistriesDiffer';
  message: string;
}

// A cluster of an operator that did not say where it ran.
const unnamed = '00000000-0000-0000-0000-000000000000';

const clusterText = ({ cluster = unnamed }: Holder): string =>
  cluster === unnamed ? `a cluster that is not known by name (${unnamed})` : `the cluster ${cluster}`;

/** What a condition says of a registry's refusal, and the one next step; no step that would harm the tenant that is there. */
export const refusalText = (tenant: Tenant, refusal: RefusalReason, holder: Holder): Said => {
  const { name } = tenant.metadata;
  const { id } = holder;
  const taken = `The name ${name} belongs to tenant ${id}, which this resource did not make`;
  const nameTaken = (rest: string): Said => ({ reason: 'NameTaken', message: `${taken}${rest}` });
  switch (refusal) {
    case 'retained':
      return nameTaken(`. To take its retained data over, annotate this resource with ${annotations.adopt}=${id}`);
    case 'owner-gone':
      return nameTaken(
        `; the resource that did is gone from this cluster. To take the tenant over, annotate this resource with ${annotations.adopt}=${id}`,
      );
    case 'cluster-silent':
      return nameTaken(
        `. It is of ${clusterText(holder)}, whose operator was last heard of at ${holder.heardAt ?? 'no time'}. If that cluster is lost for good, ` +
          `annotate this resource with ${annotations.adoptFromLostCluster}=${holder.cluster ?? unnamed} (${lostClusterGuide})`,
      );
    case 'cluster-lives':
      return nameTaken(
        `. It is of ${clusterText(holder)}, whose operator is running. Choose another name; if that cluster is lost, ` +
          `this condition says within minutes how to take the tenant over (${lostClusterGuide})`,
      );
    case 'other-name':
      return {
        reason: 'NothingToAdopt',
        message: `The tenant ${id} has the name ${holder.name ?? 'of another'}, and keeps it: apply a Tenant of that name, or remove the annotation ${annotations.adopt} to make a new one`,
      };
    case 'unknown':
      return {
        reason: 'NothingToAdopt',
        message: `There is no tenant ${id} to take over. Look whether these are the right databases; remove the annotation ${annotations.adopt} to make a new tenant`,
      };
    case 'currency':
      return {
        reason: 'CurrencyDiffers',
        message: `The tenant ${id} has its invoices in ${holder.currency ?? 'another currency'}, and spec.billing.currency says ${tenant.spec.billing.currency}. Delete this resource, which has made nothing, and apply it with ${holder.currency ?? 'that currency'}`,
      };
  }
};

/** What a condition says when another database has the name, or the id, for another tenant than portal_db. */
export const disagreementText = (
  database: string,
  { id, name }: { id: string; name: string },
  holder: Holder,
): Said => ({
  reason: 'RegistriesDiffer',
  message:
    `portal_db has the tenant ${name} as ${id}, ${database} has ${holder.name ?? 'it'} as ${holder.id}. ` +
    'Was one of them restored without the others? Restore them to one time',
});
