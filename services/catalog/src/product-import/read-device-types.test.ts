import { describe, expect, it } from 'vitest';
import { readDeviceTypes } from './read-device-types.ts';
import { readRows } from './read-rows.ts';

// In the shape of the library's own files.
const access = `---
manufacturer: Ubiquiti
model: UniFi Switch 24 PoE
slug: ubiquiti-usw-24-poe
part_number: USW-24-POE
u_height: 1
is_full_depth: false
weight: 3.8
weight_unit: kg
interfaces:
  - name: Port 1
    type: 1000base-t
    poe_mode: pse
    poe_type: type2-ieee802.3at
  - name: SFP 1
    type: 1000base-x-sfp
power-ports:
  - name: PSU1
    type: iec-60320-c14
    maximum_draw: 120
`;
const panel = `---
manufacturer: Generic
model: Panel
slug: generic-panel
u_height: 0.5
front-ports: [{name: 1}]
`;

const refusalOf = (text: string): unknown => {
  try {
    return readDeviceTypes(text);
  } catch (error) {
    return (error as { places?: readonly { detail: string }[] }).places?.[0]?.detail;
  }
};

describe('device types', () => {
  it('are products: the slug is the SKU, the part number or else the model the part number', () => {
    expect(readRows({ format: 'device-types', text: access + panel })).toEqual([
      {
        line: 2,
        sku: 'ubiquiti-usw-24-poe',
        content: {
          sku: 'ubiquiti-usw-24-poe',
          name: 'Ubiquiti UniFi Switch 24 PoE',
          manufacturer: 'Ubiquiti',
          mpn: 'USW-24-POE',
          description: '1U, 2 interfaces, 1 with PoE, 1 power port, draws 120 W at most',
        },
        errors: [],
      },
      {
        line: 22,
        sku: 'generic-panel',
        content: {
          sku: 'generic-panel',
          name: 'Generic Panel',
          manufacturer: 'Generic',
          mpn: 'Panel',
          description: '0.5U, 1 front port',
        },
        errors: [],
      },
    ]);
  });

  it('that are wrong say in which field', () => {
    const [row] = readDeviceTypes('manufacturer: A\nmodel: B\nslug: Not A Slug\nu_height: 0.3\n');
    expect(row?.errors.map(({ field }) => field)).toEqual(['slug', 'u_height']);
  });

  it.each([
    ['a: [', /^Line \d: this is not YAML$/],
    ['a: 1\na: 2', /^Line 2: this is not YAML$/],
    [
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]`,
      /^It refers to itself too often$/,
    ],
  ])('%j are refused', (text, message) => {
    expect(refusalOf(text)).toMatch(message);
  });

  it('make nothing of what is no map', () => {
    expect(readDeviceTypes('just words')[0]?.errors).toHaveLength(1);
    expect(refusalOf('')).toBe('There is no device type in it');
    expect(refusalOf('a: 1 #'.padEnd(100_001, 'x'))).toMatch(/^At most 100000 characters/);
  });
});
