import { describe, expect, it } from 'vitest';
import type { PriceOfProduct } from '../price-list/bundle-price.ts';
import { aContent, aFibreLink, aLink } from '../testing/a-design.ts';
import type { BilledProduct, CatalogFacts } from './bill.ts';
import { computeDesign, differencesBetween, faultsOf, newerThan } from './computed.ts';

const cable = '0190f000-0000-7000-8000-000000000001';
const module = '0190f000-0000-7000-8000-000000000002';
const hour = '0190f000-0000-7000-8000-000000000003';

const product = (id: string, fields: Partial<BilledProduct> = {}): [string, BilledProduct] => [
  id,
  { id, sku: `SKU-${id.slice(-1)}`, name: 'Thing', unit: 'each', packSize: 1, ...fields },
];
const costs = (amountMinor: bigint): PriceOfProduct => ({ origin: 'own', amountMinor, validFrom: '2026-01-01' });

const facts = (more: Partial<CatalogFacts> = {}): CatalogFacts => ({
  products: new Map([
    product(cable, { unit: 'm', packSize: 305 }),
    product(module, { packSize: 24 }),
    product(hour, { unit: 'hour' }),
  ]),
  priceList: { name: 'Standard', currency: 'USD' },
  prices: new Map([
    [cable, costs(85n)],
    [module, costs(640n)],
    [hour, costs(12_000n)],
  ]),
  ...more,
});

const compute = (fields: Record<string, unknown> = {}, more: Partial<CatalogFacts> = {}) =>
  computeDesign(aContent(fields), facts(more));
const of = (computed: ReturnType<typeof compute>, calculator: string) =>
  computed.checks.filter((check) => check.calculator.id === calculator);

describe('a design', () => {
  it('asks of each link what applies to it, and keeps version and input', () => {
    const computed = compute({ links: [aLink(1, { copper: { poeClass: 4 } }), aFibreLink(2)] });
    expect(computed.checks.map(({ calculator: { id }, about }) => `${about.name} ${id}`)).toEqual([
      '1A-B01 channel-check',
      '1A-B01 work-area-cord',
      'The whole design conductor',
      'The whole design conductor',
      '1A-B01 poe-link',
      '1A-B02 fibre-link',
      'The whole design connector-count',
    ]);
    expect(of(computed, 'channel-check')[0]).toMatchObject({
      calculator: { version: 1 },
      input: { permanentLinkM: 40, cordsM: 8, conductorAwg: 26, category: '6A', ambientC: 20 },
      output: { pass: true },
    });
  });

  it('warns with the limit, what is there, and the source', () => {
    const [check] = of(
      compute({ links: [aLink(1, { runM: 88, copper: { cordsM: 12, cordAwg: 24 } })] }),
      'channel-check',
    );
    expect(check?.warnings).toEqual([
      expect.objectContaining({
        code: 'link-too-long',
        limit: 87.6,
        actual: 88,
        unit: 'm',
        source: expect.stringMatching(/TIA/),
      }),
      expect.objectContaining({
        code: 'channel-too-long',
        limit: 99.6,
        actual: 100,
        unit: 'm',
        source: expect.stringMatching(/TIA/),
      }),
    ]);
  });

  it('shows a refusal at its link, and computes all others', () => {
    const computed = compute({ links: [aLink(1, { runM: 96 }), aLink(2, { runM: 70 })] });
    const refused = computed.checks.filter((one) => one.refused.length > 0);
    expect(refused).toMatchObject([
      {
        about: { part: 'link', key: 'l1', name: '1A-B01' },
        output: null,
        refused: [{ field: 'horizontalM', code: 'too-large' }],
      },
    ]);
    expect(of(computed, 'channel-check').map(({ output }) => output?.pass)).toEqual([false, true]);
    expect(faultsOf(computed)).toEqual({ warnings: 2, refusals: 1 });
  });

  it('compares the cord at the desk with what the calculator leaves for it', () => {
    const check = (cordsM: number) =>
      of(compute({ links: [aLink(1, { runM: 40, copper: { cordsM } })] }), 'work-area-cord')[0];
    expect(check(21)?.warnings.map(({ code }) => code)).toEqual(['work-area-cord-capped', 'figure-unconfirmed']);
    expect(check(22)?.warnings).toContainEqual(
      expect.objectContaining({ code: 'work-area-cord-too-long', limit: 17, actual: 18, unit: 'm' }),
    );
  });

  it('takes a length from the way of the cable', () => {
    const route = { from: { xM: 0, yM: 0 }, to: { xM: 20, yM: -15 }, riseM: 3, dropM: 2 };
    const computed = compute({ links: [aLink(1, { runM: null, route })] });
    expect(of(computed, 'channel-check')[0]?.input).toMatchObject({ permanentLinkM: 43.3 });
  });

  it('feeds a device through the loop of its own cable: two pairs to class 4, four beyond', () => {
    const loop = (poeClass: number) =>
      of(compute({ links: [aLink(1, { runM: 90, copper: { cordsM: 0, poeClass } })] }), 'poe-link')[0]?.input;
    // 23 AWG solid at 20 °C: 66.8 Ω/km by its section.
    expect(loop(4)).toMatchObject({ sourceV: 50, loadW: 25.5, loopOhm: expect.closeTo(6.01, 2) });
    expect(loop(8)).toMatchObject({ sourceV: 52, loadW: 71.3, loopOhm: expect.closeTo(3.005, 2) });
  });

  it('fills pathways with the links that run in them', () => {
    const links = [1, 2, 3, 4, 5, 6].map((port) => aLink(port));
    const keys = links.map(({ key }) => key);
    const pathways = [
      { key: 'c', name: 'Riser', links: keys, conduit: { type: 'EMT', tradeSize: '3/4' } },
      { key: 't', name: 'Tray', links: [...keys, 'l7'], tray: { widthMm: 100, depthMm: 50, fillPercent: 25 } },
    ];
    const computed = compute({ links: [...links, aFibreLink(7)], pathways });
    expect(of(computed, 'conduit-fill')[0]).toMatchObject({
      about: { part: 'pathway', key: 'c' },
      input: { cables: [{ diameterMm: 7, count: 6 }] },
      output: { fits: false },
    });
    expect(of(computed, 'conduit-fill')[0]?.warnings[0]).toMatchObject({ code: 'conduit-over-full', unit: '%' });
    const mean = Math.sqrt((6 * 49 + 9) / 7);
    expect(of(computed, 'tray-fill')[0]?.input).toMatchObject({ count: 7, cableDiameterMm: mean });
    expect(of(computed, 'bundle-diameter').map(({ input }) => input.cables)).toEqual([6]);
  });

  it('adds up what a source has to give, with the largest bundle', () => {
    const links = [1, 2, 3].map((port) => aLink(port, { copper: { poeClass: port === 3 ? 6 : 4 } }));
    const keys = ['l1', 'l2', 'l3'];
    const computed = compute({
      links,
      pathways: [{ key: 'c', name: 'Riser', links: keys, conduit: { type: 'EMT' } }],
      feeds: [{ key: 'f', name: 'Switch', poeSource: { budgetW: 100, links: keys } }],
    });
    expect(of(computed, 'poe-budget')[0]).toMatchObject({
      input: {
        ports: [
          { class: 4, count: 2 },
          { class: 6, count: 1 },
        ],
        budgetW: 100,
        bundle: 3,
      },
      output: { requiredW: 120, fits: false, portsThatFit: 2 },
      warnings: [{ code: 'budget-exceeded', limit: 100, actual: 120 }],
    });
  });

  it('counts what other sources feed in the same bundle, which warms it as well', () => {
    const links = Array.from({ length: 26 }, (_, index) => aLink(index + 1, { copper: { poeClass: 4 } }));
    const keys = links.map(({ key }) => key);
    const feeds = [keys.slice(0, 13), keys.slice(13)].map((fed, index) => ({
      key: `f${index}`,
      name: `Switch ${index}`,
      poeSource: { budgetW: 1000, links: fed },
    }));
    const pathways = [{ key: 'c', name: 'Riser', links: keys, conduit: { type: 'EMT' } } as const];
    const codes = of(compute({ links, pathways, feeds }), 'poe-budget').map(({ warnings }) => warnings[0]?.code);
    expect(codes).toEqual(['bundle-too-large', 'bundle-too-large']);
  });

  it('says that a rack is over-full, by how much', () => {
    const links = Array.from({ length: 30 }, (_, index) => aLink(index + 1));
    const computed = compute({ links, rack: { panelPorts: 24, managers: 3, rackUnits: 4 } });
    expect(of(computed, 'rack-layout')[0]?.warnings).toMatchObject([{ code: 'rack-over-full', limit: 4, actual: 5 }]);
  });

  it('is computed to the same each time', () => {
    const fields = { ambientC: 35, links: [aLink(1, { cableProductId: cable }), aFibreLink(2)] };
    expect(compute(fields)).toEqual(compute(fields));
    expect(differencesBetween(compute(fields), compute(fields))).toEqual([]);
    expect(newerThan(compute(fields))).toEqual([]);
  });

  it('says what another computation changes, and of which versions', () => {
    const before = compute({ links: [aLink(1, { cableProductId: cable })] });
    const [first, ...others] = before.checks;
    if (first === undefined) throw new Error('A link is checked');
    const older = {
      ...before,
      checks: [
        { ...first, calculator: { ...first.calculator, version: 0 }, output: { ...first.output, pass: false } },
        ...others,
      ],
    };
    expect(newerThan(older)).toEqual([{ id: 'channel-check', from: 0, to: 1 }]);
    const dearer = compute(
      { links: [aLink(1, { cableProductId: cable })] },
      { prices: new Map([[cable, costs(90n)]]) },
    );
    expect(differencesBetween(older, dearer)).toEqual([
      {
        about: '1A-B01',
        of: 'channel-check',
        fromVersion: 0,
        toVersion: 1,
        field: 'pass',
        before: 'false',
        after: 'true',
      },
      expect.objectContaining({ about: 'SKU-1', of: 'bill', field: 'amountMinor', before: '25925', after: '27450' }),
      expect.objectContaining({ field: 'unitPriceMinor', before: '85', after: '90' }),
      expect.objectContaining({ about: 'Bill of materials', field: 'totalMinor', before: '25925', after: '27450' }),
    ]);
  });
});

describe('a bill of materials', () => {
  it('orders whole boxes from which whole runs come', () => {
    const links = [1, 2, 3, 4].map((port) => aLink(port, { runM: 80, cableProductId: cable }));
    const { bill } = compute({ links, wastePercent: 0 });
    // 320 m are two boxes by length as well; 4 runs of 80 m are three of one box and one of another.
    expect(bill.lines).toMatchObject([
      {
        sku: 'SKU-1',
        needed: 320,
        quantity: 610,
        packages: 2,
        unitPriceMinor: '85',
        amountMinor: '51850',
        problem: null,
      },
    ]);
    expect(bill).toMatchObject({ totalMinor: '51850', missing: 0, currency: 'USD', pricesOn: '2026-03-01' });
    const three = compute({ links: links.map((link) => ({ ...link, runM: 160 })).slice(0, 2), wastePercent: 0 });
    expect(three.bill.lines[0]).toMatchObject({ needed: 320, packages: 2 });
  });

  it('adds waste to lengths, counts parts by what they are for, and rounds up to packages', () => {
    const { bill } = compute({
      links: [aLink(1, { cableProductId: cable }), aLink(2, { cableProductId: cable })],
      wastePercent: 5,
      parts: [
        { key: 'm', productId: module, quantity: 2, per: 'copper-link' },
        { key: 'h', productId: hour, quantity: 0.75, per: 'link' },
        { key: 'o', productId: hour, quantity: 1 },
      ],
    });
    expect(bill.lines).toMatchObject([
      { needed: 84, quantity: 305, packages: 1 },
      { needed: 4, quantity: 24, packages: 1, amountMinor: '15360', uses: ['2 for each copper link'] },
      { needed: 2.5, quantity: 3, packages: 3, amountMinor: '36000' },
    ]);
  });

  it('converts lengths to the unit that the product is sold by', () => {
    const products = new Map([product(cable, { unit: 'ft', packSize: 1000 })]);
    const { bill } = compute(
      { links: [aLink(1, { runM: 60.96, cableProductId: cable })], wastePercent: 0 },
      { products },
    );
    expect(bill.lines).toMatchObject([{ needed: 200, quantity: 1000, packages: 1 }]);
  });

  it.each([
    ['has no such product', { products: new Map() }, /not in the catalog any more/],
    ['has no price', { prices: new Map() }, /“Standard” has no price for it on this day/],
    ['has no list', { priceList: null }, /There is no price list/],
    ['sells it by the piece', { products: new Map([product(cable)]) }, /sold by “each”/],
    [
      'has boxes that are too short',
      { products: new Map([product(cable, { unit: 'm', packSize: 30 })]) },
      /packages cannot be counted/,
    ],
    ['asks too much to be true', { prices: new Map([[cable, costs(10n ** 15n - 1n)]]) }, /beyond fifteen digits/],
  ])('tells where the catalog %s, and then knows no total', (_case, more, problem) => {
    const { bill } = compute({ links: [aLink(1, { cableProductId: cable })] }, more);
    expect(bill.lines).toMatchObject([{ amountMinor: null, problem: expect.stringMatching(problem) }]);
    expect(bill).toMatchObject({ totalMinor: null, missing: 1 });
  });

  it('counts no packages of runs that are none, and says why', () => {
    const here = { xM: 0, yM: 0 };
    const route = { from: here, to: here, riseM: 0, dropM: 0, slackRoomM: 0, slackOutletM: 0 };
    const computed = compute({ links: [aLink(1, { runM: null, route, cableProductId: cable })] });
    expect(computed.bill.lines).toMatchObject([
      { quantity: null, amountMinor: null, problem: expect.stringMatching(/cannot be counted/) },
    ]);
    expect(of(computed, 'box-count')).toMatchObject([{ about: { name: 'SKU-1' }, refused: [{ field: 'runsM[0]' }] }]);
  });

  it('of a price of nothing costs nothing, which is known', () => {
    const { bill } = compute(
      { links: [aLink(1, { cableProductId: cable })] },
      { prices: new Map([[cable, costs(0n)]]) },
    );
    expect(bill).toMatchObject({ totalMinor: '0', missing: 0 });
  });
});
