import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readAuthorities, readPullSecret } from './job-copies.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'legendops-copies-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const secretOf = (registry: string): string => JSON.stringify({ auths: { [registry]: { auth: `of-${registry}` } } });

test('pull secrets are one, whatever order their files are read in', () => {
  put('b.json', secretOf('two.example'));
  put('a.json', secretOf('one.example'));
  mkdirSync(join(folder, '..data.json'));
  expect(readPullSecret('X', folder)).toBe(
    '{"auths":{"one.example":{"auth":"of-one.example"},"two.example":{"auth":"of-two.example"}}}',
  );
});

test.each([
  ['two for one registry', { 'a.json': secretOf('one.example'), 'b.json': secretOf('one.example') }, 'for one.example'],
  ['what is no pull secret', { 'a.json': '{"planted": 1}' }, 'a.json is no kubernetes.io/dockerconfigjson'],
  ['none at all', {}, 'has no file that ends with .json'],
])('refuses %s, and prints none', (_, files, said) => {
  for (const [name, text] of Object.entries(files)) put(name, text);
  expect(() => readPullSecret('JOB_PULL_SECRETS_PATH', folder)).toThrow(said);
  expect(() => readPullSecret('JOB_PULL_SECRETS_PATH', folder)).not.toThrow('planted');
});

test('authorities are the files of the bundle, and a folder that is not there is said by its variable', () => {
  put('one.pem', 'ONE');
  put('README', 'x');
  expect(readAuthorities('X', folder)).toEqual({ 'one.pem': 'ONE' });
  expect(() => readAuthorities('JOB_TRUST_PATH', join(folder, 'none'))).toThrow('JOB_TRUST_PATH: there is no folder');
});
