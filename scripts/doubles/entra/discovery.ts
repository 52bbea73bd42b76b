export type Origins = { url: string; browserUrl: string };

const multiTenant = new Set(['organizations', 'common']);

export const isMultiTenant = (authority: string) => multiTenant.has(authority);

export const issuerOf = ({ url }: Origins, tid: string) => `${url}/${tid}/v2.0`;

/**
 * What Entra ID answers under /{authority}/v2.0/.well-known/openid-configuration. What a browser visits is plain HTTP:
 * a person's browser does not know the local authority.
 */
export const discoveryDocument = (origins: Origins, authority: string) => ({
  issuer: issuerOf(origins, isMultiTenant(authority) ? '{tenantid}' : authority),
  authorization_endpoint: `${origins.browserUrl}/${authority}/oauth2/v2.0/authorize`,
  token_endpoint: `${origins.url}/${authority}/oauth2/v2.0/token`,
  end_session_endpoint: `${origins.browserUrl}/${authority}/oauth2/v2.0/logout`,
  jwks_uri: `${origins.url}/${authority}/discovery/v2.0/keys`,
  token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
  response_modes_supported: ['query', 'fragment', 'form_post'],
  response_types_supported: ['code'],
  subject_types_supported: ['pairwise'],
  id_token_signing_alg_values_supported: ['RS256'],
  code_challenge_methods_supported: ['S256'],
  scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
  claims_supported: [
    'sub',
    'iss',
    'aud',
    'exp',
    'iat',
    'nonce',
    'name',
    'tid',
    'oid',
    'preferred_username',
    'email',
    'ver',
  ],
  request_uri_parameter_supported: false,
  frontchannel_logout_supported: true,
  tenant_region_scope: null,
  cloud_instance_name: 'localhost',
});
