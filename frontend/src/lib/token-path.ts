/** Where the session cookie is traded for an access token by somebody who is there: opening the portal is a person's act. */
export const tokenPath = '/api/auth/v1/token?seen=true';

/** The same for a portal that nobody touches: its session goes on towards its idle limit. */
export const unseenTokenPath = '/api/auth/v1/token';
