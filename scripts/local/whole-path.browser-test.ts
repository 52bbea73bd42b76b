import { afterAll, beforeAll, describe } from 'vitest';
import { chromiumPath } from './browser/chromium.ts';
import { actCases } from './browser/act-cases.ts';
import { leavingCases } from './browser/leaving-cases.ts';
import { listCases } from './browser/list-cases.ts';
import { narrowCases } from './browser/narrow-cases.ts';
import { navigationCases } from './browser/navigation-cases.ts';
import { newProviderCases } from './browser/new-provider-cases.ts';
import { pickerCases } from './browser/picker-cases.ts';
import { roleCases } from './browser/role-cases.ts';
import { troubleCases } from './browser/trouble-cases.ts';
import { teamCases } from './browser/team-cases.ts';
import { startWorld, type World } from './browser/world.ts';

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
