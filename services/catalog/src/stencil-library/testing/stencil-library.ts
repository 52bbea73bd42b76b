import type { TestAnswer } from '@legendops/kit/testing/test-api';
import { aStencilFile, type GivenMaster } from '../../stencil/testing/a-stencil.ts';
import type { ReaderPool } from '../reader-pool.ts';
import { catalogApi, type CatalogApi } from '../../testing/catalog-api.ts';

export const server = (more: GivenMaster = {}): GivenMaster => ({
  attributes: "ID='2' Name='Rack server' NameU='Server' UniqueID='{U-S}' BaseID='{B-S}' Prompt='Two units'",
  page: { ShapeKeywords: 'rack,host', PageWidth: 2 },
  ...more,
});
export const cabinet: GivenMaster = {
  attributes: "ID='3' Name='Cabinet' NameU='Cabinet' UniqueID='{U-C}' BaseID='{B-C}'",
};
export const clip: GivenMaster = {
  attributes: "ID='4' Name='clip-path' UniqueID='{U-P}' BaseID='{B-P}' PatternFlags='4'",
};
export const secret: GivenMaster = { attributes: "ID='5' Name='Part' UniqueID='{U-H}' BaseID='{B-H}' Hidden='1'" };

interface Named {
  id: string;
  name: string;
}

export const namesOf = (found: readonly Named[]): string[] => found.map(({ name }) => name);

export interface StencilLibrary extends CatalogApi {
  /** A name that no other stencil has. */
  newName: () => string;
  /** A stencil's file that is like no other, and still holds these masters. */
  aFile: (...masters: GivenMaster[]) => Buffer;
  send: (name: string, file: Uint8Array, fileName?: string) => Promise<TestAnswer>;
  addVersion: (id: string, file: Uint8Array, fileName?: string) => Promise<TestAnswer>;
  /** A stencil of these masters: its id. */
  aStencil: (...masters: GivenMaster[]) => Promise<string>;
  publish: (id: string, version?: number) => Promise<TestAnswer>;
  masters: (query: string, guest?: boolean) => Promise<Named[]>;
}

/** The catalog, and what is done with stencils there. */
export const stencilLibrary = async (options?: { readers?: ReaderPool }): Promise<StencilLibrary> => {
  const catalog = await catalogApi(options);
  let made = 0;
  const newName = (): string => `Stencil ${(made += 1)}`;
  const aFile = (...masters: GivenMaster[]): Buffer => aStencilFile({ masters, document: `<!--${(made += 1)}-->` });
  const sent = async (path: string, file: Uint8Array, body: object) =>
    catalog.ask('POST', path, { body: { ...body, mediaId: await catalog.arrive(file) } });
  const send: StencilLibrary['send'] = (name, file, fileName = 'servers.vssx') =>
    sent('stencils', file, { name, fileName });
  return {
    ...catalog,
    newName,
    aFile,
    send,
    addVersion: (id, file, fileName = 'servers.vssx') => sent(`stencils/${id}/versions`, file, { fileName }),
    aStencil: async (...masters) => (await send(newName(), aFile(...masters))).body.id,
    publish: (id, version = 1) => catalog.ask('PATCH', `stencils/${id}`, { body: { isPublished: true }, version }),
    masters: async (query, guest = false) =>
      (await catalog.ask('GET', `stencil-masters?${query}`, { guest })).body.data,
  };
};
