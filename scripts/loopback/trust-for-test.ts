import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { localCertificates } from './certificates.ts';
import type { LocalCertificates } from './certificates.ts';

/** Certificates that every client in this test process trusts, as NODE_EXTRA_CA_CERTS does for a whole process. */
export async function trustedCertificates(): Promise<LocalCertificates & { remove: () => Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'doubles-'));
  const certificates = await localCertificates(directory);
  setDefaultCACertificates([...getCACertificates('default'), certificates.ca]);
  return { ...certificates, remove: () => rm(directory, { recursive: true, force: true }) };
}
