import { annotations, type Tenant } from '../api/tenant.ts';
import { say, type Outcome } from '../outcome.ts';
import type { Holder, RefusalReason } from '../postgres/registry.ts';

const lostClusterGuide = 'docs/operations/lost-cluster.md';

type Said = Outcome<'Registered'>;

// A cluster of an operator that did not say where it ran.
const unnamed = '00000000-0000-0000-0000-000000000000';

const clusterText = ({ cluster = unnamed }: Holder): string =>
  cluster === unnamed ? `a cluster that is not known by name (${unnamed})` : `the cluster ${cluster}`;

interface Refused {
  tenant: Tenant;
  holder: Holder;
}

const nameTaken = ({ tenant, holder }: Refused, rest: string): Said =>
  say(
    'Registered',
    'NameTaken',
    `The name ${tenant.metadata.name} belongs to tenant ${holder.id}, which this resource did not make${rest}`,
  );
const adoptBy = ({ id }: Holder): string => `annotate this resource with ${annotations.adopt}=${id}`;
const withoutAnnotation = `remove the annotation ${annotations.adopt} to make a new tenant`;

const texts: Record<RefusalReason, (refused: Refused) => Said> = {
  retained: (refused) => nameTaken(refused, `. To take its retained data over, ${adoptBy(refused.holder)}`),
  'owner-gone': (refused) =>
    nameTaken(
      refused,
      `; the resource that did is gone from this cluster. To take the tenant over, ${adoptBy(refused.holder)}`,
    ),
  'cluster-silent': (refused) => {
    const { cluster = unnamed, heardAt } = refused.holder;
    return nameTaken(
      refused,
      `. It is of ${clusterText(refused.holder)}, whose operator was last heard of at ${heardAt ?? 'no time'}. If that cluster ` +
        `is lost for good, annotate this resource with ${annotations.adoptFromLostCluster}=${cluster} (${lostClusterGuide})`,
    );
  },
  'cluster-lives': (refused) =>
    nameTaken(
      refused,
      `. It is of ${clusterText(refused.holder)}, whose operator is running. Choose another name; if that cluster is lost, ` +
        `this condition says within minutes how to take the tenant over (${lostClusterGuide})`,
    ),
  'other-name': ({ holder: { id, name = 'of another' } }) =>
    say(
      'Registered',
      'NothingToAdopt',
      `The tenant ${id} has the name ${name}, and keeps it: apply a Tenant of that name, or ${withoutAnnotation}`,
    ),
  unknown: ({ holder: { id } }) =>
    say(
      'Registered',
      'NothingToAdopt',
      `There is no tenant ${id} to take over. Look whether these are the right databases; ${withoutAnnotation}`,
    ),
  currency: ({ tenant, holder: { id, currency } }) =>
    say(
      'Registered',
      'CurrencyDiffers',
      `The tenant ${id} has its invoices in ${currency ?? 'another currency'}, and spec.billing.currency says ` +
        `${tenant.spec.billing.currency}. Delete this resource, which has made nothing, and apply it with ${currency ?? 'that currency'}`,
    ),
};

/** What a condition says of a registry's refusal, and the one next step; no step that would harm the tenant that is there. */
export const refusalText = (tenant: Tenant, refusal: RefusalReason, holder: Holder): Said =>
  texts[refusal]({ tenant, holder });

/** What a condition says of an annotation that is no id at all, such as one that lost a letter. */
export const malformedAdoption = (value: string): Said =>
  say(
    'Registered',
    'NothingToAdopt',
    `The annotation ${annotations.adopt} is "${value.slice(0, 64)}", which is no id of a tenant. Correct it; without it ` +
      'this condition says which tenant has the name, or a new one is made',
  );

/** What a condition says when another database has the name, or the id, for another tenant than portal_db. */
export const disagreementText = (database: string, { id, name }: { id: string; name: string }, holder: Holder): Said =>
  say(
    'Registered',
    'RegistriesDiffer',
    `portal_db has the tenant ${name} as ${id}, ${database} has ${holder.name ?? 'it'} as ${holder.id}. ` +
      'Was one of them restored without the others? Restore them to one time',
  );
