/** Where the session cookie is traded for an access token. */
export const tokenPath = '/api/auth/v1/token';
