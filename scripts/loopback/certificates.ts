import './reflect-metadata.ts';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { replaceFile } from './replace-file.ts';

/** PEM texts for local HTTPS servers, and the files of them; `caPath` is what NODE_EXTRA_CA_CERTS takes. */
export type LocalCertificates = {
  caPath: string;
  certPath: string;
  keyPath: string;
  ca: string;
  cert: string;
  key: string;
};

type KeyAndCertificate = { key: string; cert: string };

const day = 24 * 60 * 60 * 1000;
const authorityDays = 3650;
// Apple's platforms refuse server certificates that live longer than 825 days.
const serverDays = 800;
const renewBeforeDays = 30;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/**
 * A certificate authority of this machine and a server certificate for localhost, kept in the directory and made anew
 * only when missing, unreadable or within 30 days of their end.
 */
export async function localCertificates(
  directory: string,
  { now = () => new Date() }: { now?: () => Date } = {},
): Promise<LocalCertificates> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const authority =
    (await readPair(directory, 'ca', now())) ?? (await writePair(directory, 'ca', await makeAuthority(now())));
  const existing = await readPair(directory, 'server', now());
  const server =
    existing && issuedBy(existing, authority)
      ? existing
      : await writePair(directory, 'server', await makeServer(authority, now()));
  const paths = pairPaths(directory, 'server');
  return {
    caPath: join(directory, 'ca.pem'),
    certPath: paths.cert,
    keyPath: paths.key,
    ca: authority.cert,
    cert: server.cert,
    key: server.key,
  };
}

async function makeAuthority(now: Date): Promise<KeyAndCertificate> {
  const keys = await newKeys();
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=LegendOps local authority, O=LegendOps',
    keys,
    signingAlgorithm: algorithm,
    ...validity(now, authorityDays),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: cert.toString('pem'), key: await privatePem(keys.privateKey) };
}

async function makeServer(authority: KeyAndCertificate, now: Date): Promise<KeyAndCertificate> {
  const keys = await newKeys();
  const issuer = new x509.X509Certificate(authority.cert);
  const cert = await x509.X509CertificateGenerator.create({
    subject: 'CN=localhost, O=LegendOps',
    issuer: issuer.subject,
    publicKey: keys.publicKey,
    signingKey: await signingKey(authority.key),
    signingAlgorithm: algorithm,
    ...validity(now, serverDays),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: cert.toString('pem'), key: await privatePem(keys.privateKey) };
}

// An hour of slack: containers and virtual machines of one laptop disagree about the time.
const validity = (now: Date, days: number) => ({
  notBefore: new Date(now.getTime() - day / 24),
  notAfter: new Date(now.getTime() + days * day),
});

const newKeys = () => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

async function privatePem(key: CryptoKey): Promise<string> {
  const der = await crypto.subtle.exportKey('pkcs8', key);
  return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' })
    .export({ format: 'pem', type: 'pkcs8' })
    .toString();
}

const signingKey = (pem: string) =>
  crypto.subtle.importKey('pkcs8', createPrivateKey(pem).export({ format: 'der', type: 'pkcs8' }), algorithm, false, [
    'sign',
  ]);

async function readPair(directory: string, name: string, now: Date): Promise<KeyAndCertificate | undefined> {
  const paths = pairPaths(directory, name);
  if (!existsSync(paths.cert) || !existsSync(paths.key)) return undefined;
  const [cert, key] = await Promise.all([readFile(paths.cert, 'utf8'), readFile(paths.key, 'utf8')]);
  return usable(cert, key, now) ? { cert, key } : undefined;
}

async function writePair(directory: string, name: string, pair: KeyAndCertificate): Promise<KeyAndCertificate> {
  const paths = pairPaths(directory, name);
  await replaceFile(paths.key, pair.key);
  await replaceFile(paths.cert, pair.cert, 0o644);
  return pair;
}

const pairPaths = (directory: string, name: string) => ({
  cert: join(directory, `${name}.pem`),
  key: join(directory, `${name}-key.pem`),
});

function usable(cert: string, key: string, now: Date): boolean {
  try {
    const parsed = new X509Certificate(cert);
    return (
      parsed.checkPrivateKey(createPrivateKey(key)) &&
      parsed.validToDate.getTime() - now.getTime() > renewBeforeDays * day
    );
  } catch {
    // A file cut short by a full disk is as good as none.
    return false;
  }
}

function issuedBy(server: KeyAndCertificate, authority: KeyAndCertificate): boolean {
  const issuer = new X509Certificate(authority.cert);
  const certificate = new X509Certificate(server.cert);
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}
