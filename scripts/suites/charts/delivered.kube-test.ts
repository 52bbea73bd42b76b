import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chartValues, images } from '../../../infra/deliver/chart-values.ts';
import { aDeployment, aRelease, people } from '../../../infra/deliver/testing/a-deployment.ts';
import { toolsFolder } from '../../kubernetes/testing/control-plane.ts';
import { manifestsOf, podsOf, render } from './rendered.ts';

const onAzure = ['dev', 'staging', 'prod'] as const;

describe.skipIf(toolsFolder === undefined)('what delivery installs (needs LEGENDOPS_TOOLS)', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'legendops-delivered-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(onAzure)(
    'into %s has nothing left of the file’s examples, and every image by its digest',
    async (environment) => {
      const path = join(folder, `${environment}.json`);
      await writeFile(path, JSON.stringify(chartValues(aDeployment(), aRelease, people)));
      const text = await render(environment, '-f', path);
      expect(text.match(/[\w.-]+\.example\b|00000000-0000-0000-0000-0000000000\d\d/g) ?? []).toEqual([]);
      const used = podsOf(manifestsOf(text)).flatMap(({ spec }) => spec.containers.map(({ image }) => image));
      const known = Object.values(images).map((name) => `registry.test/legendops/${name}`);
      expect(new Set(used.map((image) => image.split(/[:@]/)[0]))).toEqual(new Set(known));
      for (const image of used) expect(image).toMatch(/@sha256:\d{64}$/);
    },
  );
});
