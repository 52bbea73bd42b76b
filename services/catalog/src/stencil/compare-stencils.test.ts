import { describe, expect, it } from 'vitest';
import { compareStencils } from './compare-stencils.ts';
import type { StencilMaster } from './master.ts';

const aMaster = (over: Partial<StencilMaster>): StencilMaster => ({
  name: 'Server',
  nameU: 'Server',
  uniqueId: '{U1}',
  baseId: '{B1}',
  isHidden: false,
  isPattern: false,
  prompt: '',
  keywords: ['server'],
  widthMm: 10,
  heightMm: 20,
  connectionPoints: [],
  properties: [],
  ...over,
});

const one = aMaster({});
const two = aMaster({ uniqueId: '{U2}', baseId: '{B2}' });

describe('two versions of a stencil', () => {
  it('are the same when their masters are, in whatever order', () => {
    expect(compareStencils([one, two], [{ ...two }, { ...one }])).toEqual({
      added: [],
      removed: [],
      changed: [],
      same: 2,
    });
  });

  it('tell what was added and what was removed', () => {
    expect(compareStencils([one], [two])).toEqual({ added: [two], removed: [one], changed: [], same: 0 });
  });

  it('tell of a renamed master that it is the same one', () => {
    const renamed = aMaster({ name: 'Host', nameU: 'Host', keywords: ['server', 'host'] });
    expect(compareStencils([one, two], [renamed, two])).toEqual({
      added: [],
      removed: [],
      changed: [{ before: one, after: renamed, fields: ['name', 'nameU', 'keywords'] }],
      same: 1,
    });
  });

  it('take two masters of one name for two', () => {
    expect(compareStencils([one], [one, two])).toMatchObject({ added: [two], removed: [], same: 1 });
  });

  it('know a master whose UniqueID is new by its BaseID', () => {
    const anew = aMaster({ uniqueId: '{U3}' });
    expect(compareStencils([one], [anew]).changed).toEqual([{ before: one, after: anew, fields: ['uniqueId'] }]);
  });

  it('do not trust a BaseID that is there twice', () => {
    const [anew, other] = [aMaster({ uniqueId: '{U3}' }), aMaster({ uniqueId: '{U4}' })];
    expect(compareStencils([one], [anew, other])).toMatchObject({ added: [anew, other], removed: [one] });
  });

  it('are compared where masters have no identity at all', () => {
    const nameless = aMaster({ uniqueId: '', baseId: '' });
    expect(compareStencils([nameless], [nameless])).toMatchObject({ added: [nameless], removed: [nameless] });
  });
});
