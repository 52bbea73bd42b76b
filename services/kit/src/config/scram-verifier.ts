import { createHash, createHmac, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(pbkdf2);
const iterations = 4096;

// PostgreSQL takes a malformed verifier for a clear password and hashes it, silently.
const pattern = /^SCRAM-SHA-256\$\d+:[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$/;

const hmac = (key: Buffer, content: string): Buffer => createHmac('sha256', key).update(content).digest();

/** A password of 256 bits in ASCII: makers of SCRAM differ in how they prepare other characters. */
export const newPassword = (): string => randomBytes(32).toString('base64url');

/** What the server stores (RFC 5803), made here so that no password ever stands in a statement, a log or pg_stat_statements. */
export const scramVerifier = async (password: string, salt: Buffer = randomBytes(16)): Promise<string> => {
  const salted = await derive(password, salt, iterations, 32, 'sha256');
  const storedKey = createHash('sha256').update(hmac(salted, 'Client Key')).digest('base64');
  const serverKey = hmac(salted, 'Server Key').toString('base64');
  return requireVerifier(`SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`);
};

/** The text, proven to be a verifier, and by its form safe to stand in a statement. */
export const requireVerifier = (verifier: string): string => {
  if (!pattern.test(verifier)) throw new TypeError('Not a SCRAM-SHA-256 verifier');
  return verifier;
};
