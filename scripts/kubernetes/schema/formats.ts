import { isIP } from 'node:net';
import { ownEntry } from '@legendops/kit/contract/own-entry';

const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const uuid = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const duration = /^-?(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/;

const isUri = (value: string): boolean => URL.canParse(value);

const formats: Readonly<Record<string, (value: string) => boolean>> = {
  'date-time': (value) => dateTime.test(value) && !Number.isNaN(Date.parse(value)),
  date: (value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)),
  uuid: (value) => uuid.test(value),
  email: (value) => /^[^\s@]+@[^\s@]+$/.test(value),
  uri: isUri,
  ipv4: (value) => isIP(value) === 4,
  ipv6: (value) => isIP(value) === 6,
  duration: (value) => duration.test(value) || value === '0',
  byte: (value) => Buffer.from(value, 'base64').toString('base64') === value,
};

/** Formats that are not known are not checked, as in Kubernetes. */
export const matchesFormat = (value: string, format: string): boolean => ownEntry(formats, format)?.(value) ?? true;
