import { expect, test } from 'vitest';
import { connectionLimit, differencesOf, loginSettings, type RoleRow } from './login-differences.ts';

const aRole = (changes: Partial<RoleRow> = {}): RoleRow => ({
  rolname: 't_00000000000000000000000000000001_a',
  rolcanlogin: true,
  rolsuper: false,
  rolinherit: true,
  rolcreaterole: false,
  rolcreatedb: false,
  rolreplication: false,
  rolbypassrls: false,
  rolconnlimit: connectionLimit,
  expires: false,
  settings: Object.entries(loginSettings).map(([name, value]) => `${name}=${value}`),
  memberships: ['tenant_job inherit=t set=f admin=f'],
  administered_by: ['provisioner_00'],
  closing_by: [],
  dependents: 0,
  ...changes,
});

test.each<[string, Partial<RoleRow>, string[], string[]]>([
  ['as it was made', {}, [], []],
  ['with its settings in another order', { settings: aRole().settings.toReversed() }, [], []],
  ['with more connections', { rolconnlimit: -1 }, ['connection limit'], []],
  ['that may create roles', { rolcreaterole: true }, ['no create role'], []],
  ['that does not inherit', { rolinherit: false }, ['inherit'], []],
  ['that expires', { expires: true }, ['no expiry'], []],
  ['without a time limit', { settings: [] }, ['settings'], []],
  ['with a setting more', { settings: [...aRole().settings, 'search_path=evil'] }, ['settings'], []],
  ['without its membership', { memberships: [] }, ['membership of tenant_job'], []],
  [
    'whose membership lets it set the role',
    { memberships: ['tenant_job inherit=t set=t admin=f'] },
    ['membership of tenant_job'],
    ['member of tenant_job inherit=t set=t admin=f'],
  ],
  [
    'in another group',
    { memberships: [...aRole().memberships, 'app_service inherit=t set=t admin=f'] },
    [],
    ['member of app_service inherit=t set=t admin=f'],
  ],
  ['that is a superuser', { rolsuper: true }, [], ['superuser']],
  ['that skips row level security', { rolbypassrls: true }, [], ['bypassrls']],
  ['that may create databases', { rolcreatedb: true }, [], ['createdb']],
  ['that may replicate', { rolreplication: true }, [], ['replication']],
  ['that owns something', { dependents: 2 }, [], ['2 objects or grants of its own']],
])('a login %s', (_what, changes, repairs, excess) => {
  expect(differencesOf(aRole(changes))).toEqual({ repairs, excess });
});
