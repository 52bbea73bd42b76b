import { badRequest, notFound, requiredValue, invalid } from '../object/api-error.ts';
import { listAt, objectAt, timestamp, type JsonObject } from '../object/kube-object.ts';
import type { Identity } from '../identity/service-account-tokens.ts';
import { attributesOf, type Authorizer, type Rule } from './authorizer.ts';
import type { ClusterState } from '../api/cluster-state.ts';
import { sendJson, type Exchange } from './exchange.ts';
import { readObjectBody } from './request-body.ts';
import type { Located } from './resource-routes.ts';

const strings = (list: readonly unknown[]): string[] => list.filter((item) => typeof item === 'string');

const shortestToken = 600;

const withoutEmpties = (rule: Rule): JsonObject =>
  Object.fromEntries(Object.entries(rule).filter(([, list]) => list.length > 0));

/** Kinds that are questions: nothing is stored, the answer is the question with a status. */
export const reviewRoutes = (
  cluster: ClusterState,
  { issuer, access }: { issuer: () => string; access: Authorizer },
) => {
  const tokenReview = async (spec: JsonObject): Promise<JsonObject> => {
    const asked = strings(listAt(spec, 'audiences'));
    if (typeof spec.token !== 'string' || spec.token === '')
      throw badRequest('token is required for TokenReview in authentication');
    const found = await cluster.tokens.verify(spec.token, asked.length > 0 ? asked : [issuer()]);
    if (!found) return { user: {}, error: 'invalid bearer token' };
    return { authenticated: true, user: found.identity, audiences: found.audiences };
  };

  const statusOf = async (kind: string, spec: JsonObject, caller: Identity): Promise<JsonObject> => {
    if (kind === 'TokenReview') return tokenReview(spec);
    if (kind === 'SelfSubjectReview') return { userInfo: caller };
    if (kind === 'SelfSubjectRulesReview') {
      const rules = access.rulesFor(caller, typeof spec.namespace === 'string' ? spec.namespace : undefined);
      return {
        resourceRules: rules.filter(({ resources = [] }) => resources.length > 0).map(withoutEmpties),
        nonResourceRules: rules.filter(({ nonResourceURLs = [] }) => nonResourceURLs.length > 0).map(withoutEmpties),
        incomplete: false,
      };
    }
    return { allowed: access.isAllowed(caller, attributesOf(spec)) };
  };

  const review = async (exchange: Exchange, { kind }: Located, caller: Identity): Promise<void> => {
    const body = await readObjectBody(exchange, kind.schema.model);
    const { apiVersion, metadata, spec } = body as JsonObject;
    const status = await statusOf(kind.kind, objectAt({ spec }, 'spec'), caller);
    sendJson(exchange, 201, {
      kind: kind.kind,
      apiVersion: apiVersion ?? `${kind.group}/${kind.version}`,
      metadata: metadata ?? {},
      ...(spec !== undefined && { spec }),
      status,
    });
  };

  /** A token of a service account, as projected into pods. */
  const token = async (exchange: Exchange, { kind, name = '', namespace = '' }: Located): Promise<void> => {
    if (!cluster.store.get('/serviceaccounts', { name, namespace })) throw notFound(kind, name);
    const spec = objectAt(await readObjectBody(exchange, 'AuthenticationV1TokenRequest'), 'spec');
    const audiences = strings(listAt(spec, 'audiences'));
    const expirationSeconds = Number(spec.expirationSeconds ?? 3_600);
    if (expirationSeconds < shortestToken) {
      throw invalid({ group: 'authentication.k8s.io', kind: 'TokenRequest' }, '', [
        {
          field: 'spec.expirationSeconds',
          reason: 'FieldValueInvalid',
          message: `Invalid value: ${expirationSeconds}: may not specify a duration less than 10 minutes`,
        },
      ]);
    }
    const bound = objectAt(spec, 'boundObjectRef');
    if (bound.kind !== undefined && bound.kind !== 'Pod')
      throw invalid({ group: 'authentication.k8s.io', kind: 'TokenRequest' }, '', [
        requiredValue('spec.boundObjectRef.kind', 'only pods are known here'),
      ]);
    const pod = bound.kind === 'Pod' ? cluster.store.get('/pods', { name: String(bound.name), namespace }) : undefined;
    if (bound.kind === 'Pod' && !pod) throw notFound({ group: '', plural: 'pods' }, String(bound.name));
    const wanted = audiences.length > 0 ? audiences : [issuer()];
    const issued = await cluster.tokens.issue({
      namespace,
      serviceAccount: name,
      audiences: wanted,
      expirationSeconds,
      pod: pod && { name: pod.metadata.name, uid: pod.metadata.uid ?? '' },
    });
    sendJson(exchange, 201, {
      kind: 'TokenRequest',
      apiVersion: 'authentication.k8s.io/v1',
      metadata: { name, namespace, creationTimestamp: timestamp(cluster.now()) },
      spec: { audiences: wanted, expirationSeconds, boundObjectRef: bound.kind === undefined ? null : bound },
      status: { token: issued.token, expirationTimestamp: timestamp(issued.expires) },
    });
  };
  return { review, token };
};
