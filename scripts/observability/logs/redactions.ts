/** A shape of secrets, in the syntax that RE2 and JavaScript share; its only group is what must not be kept. */
export interface Redaction {
  what: string;
  expression: string;
}

const names = [
  'authorization',
  'cookie',
  'set-cookie',
  'passw(?:or)?d',
  'secret',
  'client_?secret',
  'api_?key',
  '(?:access|refresh|id)?_?token',
  'connection_?string',
  'private_?key',
].join('|');

/**
 * Our logger redacts by the names of fields (kit's log/logger.ts). This is the second line, for what stands inside of a
 * text, and for programs that are not ours.
 */
export const redactions: readonly Redaction[] = [
  { what: 'a token of a request', expression: String.raw`(?i:bearer|basic) +([A-Za-z0-9._~+/=-]{8,})` },
  { what: 'a JSON web token', expression: String.raw`(eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*)` },
  { what: 'a password of a URL', expression: String.raw`://[^:/?#\s"]*:([^@/\s"]+)@` },
  { what: 'a signature of a URL', expression: String.raw`[?&](?i:sig|code)=([^&\s"\\]+)` },
  {
    what: 'a field of JSON, also of JSON within JSON',
    expression: String.raw`\\*"(?i:${names})\\*" *: *\\*"((?:[^"\\]|\\[^"])+)`,
  },
  { what: 'a field of a form', expression: String.raw`\b(?i:${names})=([^&;\s"\\]+)` },
  { what: 'our session', expression: String.raw`__Host-legendops=([^;\s"\\]+)` },
  { what: 'a private key', expression: String.raw`-----BEGIN [A-Z ]*PRIVATE KEY-----(.+?)-----END` },
  { what: 'a verifier of PostgreSQL', expression: String.raw`SCRAM-SHA-256\$([^"\s]+)` },
  { what: 'an incoming webhook of Slack', expression: String.raw`hooks\.slack\.com/services/([A-Za-z0-9/_-]+)` },
];
