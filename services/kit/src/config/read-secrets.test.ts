import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigurationError } from './parse-environment.ts';
import { readSecrets } from './read-secrets.ts';

const folder = mkdtempSync(join(tmpdir(), 'legendops-secrets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

describe('mounted secrets', () => {
  it('are read without the line end that an editor leaves', () => {
    expect(readSecrets({ KEY_PATH: file('key', 's3cret\n') })).toEqual({ KEY_PATH: 's3cret' });
  });

  it('are named with their variables where they are missing or empty, all of them, and no content is printed', () => {
    const read = () =>
      readSecrets({
        KEY_PATH: join(folder, 'absent'),
        EMPTY_PATH: file('empty', ' \n'),
        GOOD_PATH: file('good', 's3cret'),
      });
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(
      /KEY_PATH: the file .*absent cannot be read \(ENOENT\)\n.*EMPTY_PATH: the file .*empty is empty/,
    );
    expect(read).not.toThrow(/s3cret|GOOD_PATH/);
  });
});
