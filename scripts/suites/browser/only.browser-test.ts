import { afterAll, beforeAll, describe } from 'vitest';
import { chromiumPath } from './chromium.ts';
import { actCases } from './act-cases.ts';
import { auditCases } from './audit-cases.ts';
import { bookEntryCases } from './book-entry-cases.ts';
import { connectionCases } from './connection-cases.ts';
import { catalogCases } from './catalog-cases.ts';
import { draftCases } from './draft-cases.ts';
import { evidenceCases } from './evidence-cases.ts';
import { leavingCases } from './leaving-cases.ts';
import { linkCases } from './link-cases.ts';
import { listCases } from './list-cases.ts';
import { narrowCases } from './narrow-cases.ts';
import { navigationCases } from './navigation-cases.ts';
import { newProviderCases } from './new-provider-cases.ts';
import { noticeCases } from './notice-cases.ts';
import { pickerCases } from './picker-cases.ts';
import { reconciliationCases } from './reconciliation-cases.ts';
import { roleCases } from './role-cases.ts';
import { stencilCases } from './stencil-cases.ts';
import { superOpsCases } from './superops-cases.ts';
import { troubleCases } from './trouble-cases.ts';
import { teamCases } from './team-cases.ts';
import { it } from 'vitest';
import { open, settled } from './person.ts';
import { visits } from './visits.ts';
import { startWorld, type World } from './world.ts';

const chromium = chromiumPath();
if (chromium === undefined)
  process.stderr.write('Skipped: there is no Chromium in PATH, and LEGENDOPS_CHROMIUM names none\n');

describe.skipIf(chromium === undefined)('the platform in a browser', () => {
  let started: World;
  const world = (): World => started;
  beforeAll(async () => {
    started = await startWorld(chromium ?? '');
  });
  afterAll(async () => {
    await started.close();
  });

  describe('stencils', () => {
    stencilCases(world);
    it('real', () => visits(world).visit('carl@contoso.example', async ({ page }) => {
      await open(page, 'Stencils');
      for (const name of ['mis-infrastructure-and-networking-stencils', 'organizational-stencils']) {
        await open(page, 'Stencils');
        await page.getByRole('button', { name: 'Upload stencil' }).click();
        await page.getByRole('dialog').getByLabel('File of Visio').setInputFiles(`/work/shared/data/visio/${name}.vssx`);
        await page.getByRole('dialog').getByRole('button', { name: 'Upload' }).click();
        await page.getByRole('heading', { level: 1, name: name.replaceAll('-', ' ') }).waitFor({ timeout: 60000 });
        await settled(page);
        await world().album.takeBoth(page, 'real');
      }
      await open(page, 'Stencils');
      await settled(page);
      await world().album.takeBoth(page, 'real-gallery');
      await page.getByRole('searchbox').fill('serv');
      await page.waitForTimeout(1500);
      await settled(page);
      await world().album.take(page, 'real-search');
    }));
  });
});
