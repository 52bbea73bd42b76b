import { crc32, deflateRawSync } from 'node:zlib';

/** An entry as a packer would write it, or as an attacker would: what is set here is what the headers say. */
export interface WrittenEntry {
  name: string | Buffer;
  data: string | Buffer;
  method?: number;
  flags?: number;
  /** Bytes when inflated, as claimed. */
  claimedBytes?: number;
  crc?: number;
  /** Of the entry's own header, where it differs from the directory. */
  localName?: string;
  /** Where the directory says the entry lies, where it does not. */
  offset?: number;
}

const header = (entry: WrittenEntry, name: Buffer, raw: Buffer, data: Buffer): Buffer => {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(entry.flags ?? 0x0800, 2);
  fields.writeUInt16LE(entry.method ?? 8, 4);
  fields.writeUInt32LE(entry.crc ?? crc32(data), 10);
  fields.writeUInt32LE(raw.length, 14);
  fields.writeUInt32LE(entry.claimedBytes ?? data.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
};

const signed = (signature: number, ...parts: Buffer[]): Buffer => {
  const start = Buffer.alloc(4);
  start.writeUInt32LE(signature);
  return Buffer.concat([start, ...parts]);
};

export const writeZip = (entries: readonly WrittenEntry[]): Buffer => {
  const [bodies, directory]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const entry of entries) {
    const data = Buffer.from(entry.data as string);
    const name = Buffer.from(entry.name as string);
    const localName = Buffer.from(entry.localName ?? name);
    const raw = (entry.method ?? 8) === 8 ? deflateRawSync(data) : data;
    const body = signed(0x04034b50, header(entry, localName, raw, data), localName, raw);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(entry.offset ?? offset, 10);
    const madeBy = Buffer.from([20, 0]);
    directory.push(signed(0x02014b50, madeBy, header(entry, name, raw, data), tail, name));
    bodies.push(body);
    offset += body.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, ...directory, signed(0x06054b50, end)]);
};
