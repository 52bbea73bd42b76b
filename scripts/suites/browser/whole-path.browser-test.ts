import { afterAll, beforeAll, describe } from 'vitest';
import { chromiumPath } from './chromium.ts';
import { actCases } from './act-cases.ts';
import { auditCases } from './audit-cases.ts';
import { bookEntryCases } from './book-entry-cases.ts';
import { connectionCases } from './connection-cases.ts';
import { cablingCases } from './cabling-cases.ts';
import { catalogCases } from './catalog-cases.ts';
import { draftCases } from './draft-cases.ts';
import { evidenceCases } from './evidence-cases.ts';
import { fileCases } from './file-cases.ts';
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

  describe('a new provider', () => {
    newProviderCases(world);
  });
  describe('everybody of the example data', () => {
    roleCases(world);
  });
  describe('a team', () => {
    teamCases(world);
  });
  describe('the audit trail', () => {
    auditCases(world);
  });
  describe('links', () => {
    linkCases(world);
  });
  describe('the catalog', () => {
    catalogCases(world);
  });
  describe('files of products', () => {
    fileCases(world);
  });
  describe('stencils', () => {
    stencilCases(world);
  });
  describe('cabling', () => {
    cablingCases(world);
  });
  describe('drafts', () => {
    draftCases(world);
  });
  describe('what is in QuickBooks', () => {
    bookEntryCases(world);
  });
  describe('reconciliation', () => {
    reconciliationCases(world);
  });
  describe('what Pax8 says', () => {
    evidenceCases(world);
  });
  describe('connections', () => {
    connectionCases(world);
  });
  describe('a service desk', () => {
    superOpsCases(world);
  });
  describe('notices', () => {
    noticeCases(world);
  });
  describe('choosing a customer', () => {
    pickerCases(world);
  });
  describe('names and screens', () => {
    narrowCases(world);
  });
  describe('getting about', () => {
    navigationCases(world);
  });
  describe('acts', () => {
    actCases(world);
  });
  describe('leaving', () => {
    leavingCases(world);
  });
  describe('long lists', () => {
    listCases(world);
  });
  describe('trouble', () => {
    troubleCases(world);
  });
});
