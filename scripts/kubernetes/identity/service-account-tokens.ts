import { createLocalJWKSet, jwtVerify, SignJWT, type JSONWebKeySet } from 'jose';
import { randomUUID } from 'node:crypto';
import type { ObjectStore } from '../store/object-store.ts';
import type { SigningKey } from './signing-key.ts';

type TokenOptions = {
  namespace: string;
  serviceAccount: string;
  audiences: readonly string[];
  expirationSeconds: number;
  pod?: { name: string; uid: string } | undefined;
};

export type Identity = { username: string; uid?: string; groups: string[]; extra?: Record<string, string[]> };

export type ServiceAccountTokens = {
  issue(options: TokenOptions): Promise<{ token: string; expires: Date }>;
  /** Undefined when the token is not one of ours, has ended, or its account is gone. */
  verify(
    token: string,
    audiences?: readonly string[],
  ): Promise<{ identity: Identity; audiences: string[] } | undefined>;
  jwks(): JSONWebKeySet;
};

type Claims = {
  namespace?: string;
  serviceaccount?: { name?: string; uid?: string };
  pod?: { name: string; uid: string };
};

type Parts = { store: ObjectStore; key: SigningKey; issuer: () => string; now: () => Date };

/** Tokens in the shape of kube-apiserver's bound tokens. */
export const serviceAccountTokens = ({ store, key, issuer, now }: Parts): ServiceAccountTokens => {
  const keys = { keys: [key.publicJwk] };
  const keySet = createLocalJWKSet(keys);
  const accountUid = (namespace: string, name: string): string | undefined =>
    store.get('/serviceaccounts', { namespace, name })?.metadata.uid;
  return {
    jwks: () => keys,
    issue: async ({ namespace, serviceAccount, audiences, expirationSeconds, pod }) => {
      const uid = accountUid(namespace, serviceAccount);
      if (uid === undefined)
        throw new Error(`There is no service account ${namespace}/${serviceAccount}; create it first`);
      const issuedAt = Math.floor(now().getTime() / 1000);
      const expires = issuedAt + expirationSeconds;
      const token = await new SignJWT({
        'kubernetes.io': { namespace, ...(pod && { pod }), serviceaccount: { name: serviceAccount, uid } },
      })
        .setProtectedHeader({ alg: 'RS256', kid: key.id })
        .setIssuer(issuer())
        .setSubject(`system:serviceaccount:${namespace}:${serviceAccount}`)
        .setAudience([...audiences])
        .setIssuedAt(issuedAt)
        .setNotBefore(issuedAt)
        .setExpirationTime(expires)
        .setJti(randomUUID())
        .sign(key.privateKey);
      return { token, expires: new Date(expires * 1000) };
    },
    verify: async (token, audiences = [issuer()]) => {
      try {
        const { payload } = await jwtVerify(token, keySet, {
          issuer: issuer(),
          audience: [...audiences],
          currentDate: now(),
        });
        const claims = payload['kubernetes.io'] as Claims | undefined;
        const namespace = claims?.namespace ?? '';
        const { name = '', uid } = claims?.serviceaccount ?? {};
        if (uid === undefined || accountUid(namespace, name) !== uid) return undefined;
        if (claims?.pod && store.get('/pods', { namespace, name: claims.pod.name })?.metadata.uid !== claims.pod.uid)
          return undefined;
        const identity: Identity = {
          username: `system:serviceaccount:${namespace}:${name}`,
          uid,
          groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
          extra: {
            'authentication.kubernetes.io/credential-id': [`JTI=${payload.jti ?? ''}`],
            ...(claims?.pod && {
              'authentication.kubernetes.io/pod-name': [claims.pod.name],
              'authentication.kubernetes.io/pod-uid': [claims.pod.uid],
            }),
          },
        };
        const has = new Set([payload.aud ?? []].flat());
        return { identity, audiences: audiences.filter((audience) => has.has(audience)) };
      } catch {
        // Whatever is wrong with it, it is not a token that we vouch for.
        return undefined;
      }
    },
  };
};
