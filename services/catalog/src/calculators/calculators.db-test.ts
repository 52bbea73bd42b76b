import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { denyMatrix } from '@legendops/kit/testing/deny-matrix';
import { testApi, type TestApi } from '@legendops/kit/testing/test-api';
import { testDatabase, type TestDatabase } from '@legendops/kit/testing/test-database';
import { CalculationOutcome, CalculatorList } from './contract.ts';
import { calculators } from './list.ts';
import { calculatorRoutes } from './routes.ts';
import { calculatorService } from './service.ts';
import { sampleInputs } from './testing/sample-inputs.ts';

let database: TestDatabase;
let api: TestApi;
let tenantId: string;
const routes = calculatorRoutes(calculatorService());

beforeAll(async () => {
  database = await testDatabase('catalog_db');
  tenantId = await aTenant(database.administrator, { limits: { requestsPerMinute: 100_000 } });
  api = await testApi({ service: 'catalog', routes, pool: database.pool('svc_catalog') });
});
afterAll(async () => {
  await api.close();
  await database.close();
});

const path = '/api/catalog/v1/calculators';
const as = () => ({ actor: { tenantId } });
const run = (id: string, body: object) => api.call('POST', `${path}/${id}/runs`, { ...as(), body });

describe('the calculators', () => {
  it('are listed with schemas, editions and sources', async () => {
    const { status, body } = await api.call('GET', path, as());
    expect(status).toBe(200);
    const { data } = CalculatorList.parse(body);
    expect(data.map(({ id }) => id)).toEqual(calculators.map(({ id }) => id));
    const drop = data.find(({ id }) => id === 'voltage-drop');
    expect(drop?.profiles.map(({ id }) => id)).toEqual(['tia-nec', 'iso-iec']);
    expect(drop?.input).toMatchObject({
      type: 'object',
      additionalProperties: false,
      required: expect.arrayContaining(['system', 'currentA', 'lengthM', 'conductor', 'voltageV']),
      properties: { lengthM: { type: 'number', unit: 'm' }, system: { enum: ['dc', 'single-phase', 'three-phase'] } },
    });
    expect(drop?.output).toMatchObject({ properties: { dropV: { type: 'number', unit: 'V' } } });
  });

  it.each(Object.entries(sampleInputs))('compute: %s', async (id, input) => {
    const { status, body } = await run(id, input);
    expect([status, CalculationOutcome.safeParse(body).error]).toEqual([200, undefined]);
    expect(body.calculator.id).toBe(id);
  });

  it('refuse by field', async () => {
    const cables = [
      { diameterMm: 6, count: 1 },
      { insulation: 'THHN', awg: 13, count: 1 },
    ];
    const { status, body } = await run('conduit-fill', { conduit: { type: 'EMT' }, cables });
    expect([status, body.code]).toEqual([400, 'request.invalid']);
    expect(body.errors).toMatchObject([{ pointer: '/body/cables/1/awg', code: 'unknown-value' }]);
    expect((await run('conductor', { awg: 12, surprise: true })).body.errors).toMatchObject([
      { pointer: '/body/surprise', code: 'unknown-field' },
    ]);
    expect((await run('conductor', [])).status).toBe(400);
  });

  it.each(['constructor', '__proto__', 'toString', 'no-such'])('do not know %s', async (id) => {
    expect((await run(id, {})).body).toMatchObject({ status: 404, code: 'calculator.not-found' });
  });
});

describe('who may', () => {
  denyMatrix('/api/catalog', routes, () => ({ api, tenantId }));
});
