import { describe, expect, it } from 'vitest';
import { nameFrom, savedName, visioTypeOf, wayOut } from './visio-file.ts';

describe('a file of Visio', () => {
  it.each([
    ['servers.vssx', 'application/vnd.ms-visio.stencil.main+xml'],
    ['SERVERS.VSSM', 'application/vnd.ms-visio.stencil.macroEnabled.main+xml'],
    ['plan.v2.vsdx', 'application/vnd.ms-visio.drawing.main+xml'],
    ['servers.vss', undefined],
    ['vssx', undefined],
    ['servers', undefined],
  ])('%s is known by its ending', (name, type) => expect(visioTypeOf(name)).toBe(type));

  it('of an old Visio has a way out, and so has what is none', () => {
    expect(wayOut('Servers.VSS')).toContain('save it as .vssx');
    expect(wayOut('plan.vsd')).toContain('save it as .vsdx');
    expect(wayOut('plan.pdf')).toContain('.vssx');
  });

  it('gives a stencil its name', () => {
    expect(nameFrom('mis-servers_hexagonal.vssx')).toBe('mis servers hexagonal');
  });

  it('is saved under a name that every system takes, its ending kept', () => {
    expect(savedName('a/b:c?.vssx')).toBe('a-b-c-.vssx');
    expect(savedName(`${'a'.repeat(200)}.vssx`)).toBe(`${'a'.repeat(123)}.vssx`);
  });
});
