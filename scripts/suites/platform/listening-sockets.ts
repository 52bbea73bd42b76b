import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const listening = '0A';

const parentOf = (pid: string): string => {
  try {
    // The name in parentheses may hold spaces: what is counted stands behind it.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1] ?? '';
  } catch {
    return '';
  }
};

const familyOf = (ancestor: string): string[] => {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const family = new Set([ancestor]);
  for (let size = 0; size !== family.size;) {
    size = family.size;
    for (const pid of all) if (family.has(parentOf(pid))) family.add(pid);
  }
  return [...family];
};

const inodesOf = (pid: string): string[] => {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((descriptor) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`))?.[1] ?? [];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
};

const loopback = /^(0100007F|0{24}01000000|0{16}F{4}0{4}0100007F|0000000000000000FFFF00000100007F)$/;

/** Ports of this process and its children that somebody else on the network could reach. Linux only. */
export const reachablePorts = (): number[] => {
  const own = new Set(familyOf(String(process.pid)).flatMap(inodesOf));
  const rows = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => readFileSync(file, 'utf8').split('\n').slice(1));
  return rows.flatMap((row) => {
    const fields = row.trim().split(/\s+/);
    const [, local = '', , state] = fields;
    const [address = '', port = ''] = local.split(':');
    const isOpen = state === listening && own.has(fields[9] ?? '') && !loopback.test(address);
    return isOpen ? [Number.parseInt(port, 16)] : [];
  });
};
