import { describe, expect, it } from 'vitest';
import { Problem } from '@legendops/kit/errors/problem';
import { cordGauges } from '../calculators/tables/cabling.ts';
import { conduitTypes, tradeSizes } from '../calculators/tables/conduit.ts';
import { categories, copperApplicationNames } from '../calculators/tables/copper-applications.ts';
import { fibreApplicationNames, fibres } from '../calculators/tables/fibre.ts';
import { aContent, aFibreLink, aLink, someContent } from '../testing/a-design.ts';
import {
  ConduitType,
  CopperApplication,
  CopperCategory,
  FibreApplication,
  FibreKind,
  NewDesignContent,
  TradeSize,
} from './contract.ts';
import { labelClassOf, labelOf } from './label.ts';
import { wholeContent } from './whole-content.ts';

it('a design knows the words of the calculators’ tables, all of them and no others', () => {
  expect(CopperCategory.options.toSorted()).toEqual(categories.toSorted());
  expect(CopperApplication.options.toSorted()).toEqual(copperApplicationNames.toSorted());
  expect(FibreKind.options.toSorted()).toEqual(fibres.toSorted());
  expect(FibreApplication.options.toSorted()).toEqual(fibreApplicationNames.toSorted());
  expect(ConduitType.options.toSorted()).toEqual(conduitTypes.toSorted());
  expect(TradeSize.options.toSorted()).toEqual(tradeSizes.toSorted());
  const link = (cordAwg: number) => ({ pricesOn: '2026-01-01', links: [aLink(1, { copper: { cordAwg } })] });
  for (const gauge of cordGauges) expect(NewDesignContent.safeParse(link(gauge)).success).toBe(true);
  expect(NewDesignContent.safeParse(link(25)).success).toBe(false);
});

describe('labels', () => {
  const link = { from: { floor: '1', space: 'A', panel: 'B', port: 7 } };
  it.each([
    [{ site: null, building: null }, '1A-B07'],
    [{ site: null, building: 'HQ' }, 'HQ-1A-B07'],
    [{ site: 'S1', building: 'HQ' }, 'S1-HQ-1A-B07'],
  ])('of %j are %s', (place, label) => {
    expect(labelOf(place, link)).toBe(label);
  });

  it('are of the class that the plant needs', () => {
    const other = aLink(2, { from: { floor: '2', space: 'A', panel: 'A', port: 1 } });
    expect(labelClassOf(aContent())).toBe(1);
    expect(labelClassOf(aContent({ links: [aLink(1), other] }))).toBe(2);
    expect(labelClassOf(aContent({ building: 'HQ' }))).toBe(3);
    expect(labelClassOf(aContent({ site: 'S1' }))).toBe(4);
  });
});

describe('a content is refused by field where', () => {
  const wrong = (fields: Record<string, unknown>): string[] => {
    try {
      wholeContent(aContent(fields));
    } catch (error) {
      return error instanceof Problem ? error.places.map(({ pointer, code }) => `${pointer} ${code}`) : [String(error)];
    }
    return [];
  };
  const tray = { widthMm: 100, depthMm: 50, fillPercent: 25 };
  it.each([
    ['two links have one key', { links: [aLink(1), aLink(2, { key: 'l1' })] }, ['/links/1/key repeated']],
    ['two links have one label', { links: [aLink(1), { ...aLink(1), key: 'x' }] }, ['/links/1/from/port repeated']],
    ['a link has no length', { links: [aLink(1, { runM: null })] }, ['/links/0/runM required']],
    [
      'a link has two lengths',
      { links: [aLink(1, { route: { from: { xM: 0, yM: 0 }, to: { xM: 1, yM: 1 }, riseM: 1, dropM: 1 } })] },
      ['/links/0/route given-twice'],
    ],
    ['a pathway is nothing', { pathways: [{ key: 'p', name: 'P', links: [] }] }, ['/pathways/0/conduit required']],
    [
      'a pathway holds a link that is not there, or one twice',
      { pathways: [{ key: 'p', name: 'P', links: ['l1', 'l9', 'l1'], tray }] },
      ['/pathways/0/links/2 repeated', '/pathways/0/links/1 unknown'],
    ],
    [
      'a source feeds a link without power',
      { feeds: [{ key: 'f', name: 'F', poeSource: { budgetW: 100, links: ['l1'] } }] },
      ['/feeds/0/poeSource/links/0 not-powered'],
    ],
  ])('%s', (_case, fields, places) => {
    expect(wrong(fields)).toEqual(places.map((place) => `/body/content${place}`));
  });

  it('and not where nothing is wrong', () => {
    expect(wrong({ pathways: [{ key: 'p', name: 'P', links: ['l1'], tray }] })).toEqual([]);
  });
});

it('takes no measure or quantity that nothing built has', () => {
  const tiny = 1e-9;
  const part = { key: 'p', productId: '0190f000-0000-7000-8000-000000000001', quantity: tiny };
  const tray = { widthMm: 100, depthMm: 50, fillPercent: 25 };
  const wrongOnes = [
    { links: [aLink(1, { runM: tiny })] },
    { links: [aLink(1, { copper: { diameterMm: tiny } })] },
    { links: [aLink(1, { copper: { sourceV: tiny } })] },
    { links: [aFibreLink(1, { fibre: { diameterMm: tiny } })] },
    { links: [aFibreLink(1, { fibre: { wavelengthNm: tiny } })] },
    ...Object.keys(tray).map((field) => ({
      pathways: [{ key: 'p', name: 'P', links: [], tray: { ...tray, [field]: tiny } }],
    })),
    { feeds: [{ key: 'f', name: 'F', poeSource: { budgetW: tiny, links: ['l1'] } }] },
    { parts: [part] },
  ];
  for (const fields of wrongOnes) {
    const { error } = NewDesignContent.safeParse(someContent(fields));
    expect([fields, error?.issues.map(({ code }) => code)]).toEqual([fields, ['too_small']]);
  }
});
