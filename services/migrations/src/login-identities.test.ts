import { expect, it } from 'vitest';
import { identityStatements } from './login-identities.ts';

const id = (last: number): string => `00000000-0000-4000-8000-00000000000${last}`;
const identities = { svc_auth: id(1), svc_billing: id(2), svc_portal: id(3), svc_catalog: id(4) };

it('takes each service’s password away where its identity stands for it, and touches no other login', () => {
  const statements = identityStatements(identities);
  expect(statements).toHaveLength(8);
  expect(statements).toContain('alter role svc_billing password null');
  expect(statements).toContain(
    `security label for pgaadauth on role svc_billing is 'aadauth,oid=${id(2)},type=service'`,
  );
  expect(statements.join()).not.toContain('provisioner');
});

it('puts nothing but an object id into a statement', () => {
  expect(() => identityStatements({ ...identities, svc_auth: "x'; drop role svc_auth" })).toThrow(
    'svc_auth needs the object id of an identity',
  );
});
