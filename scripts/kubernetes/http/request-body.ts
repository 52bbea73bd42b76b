import { unsupportedMediaType } from '../object/api-error.ts';
import { parseBody } from '../api/decode.ts';
import { decodeEnvelope } from '../protobuf/decode-message.ts';
import type { Exchange } from './exchange.ts';

const json = 'application/json';
const yaml = 'application/yaml';
const protobuf = 'application/vnd.kubernetes.protobuf';

/** The object of a request. Protobuf is understood for built-in kinds, of which `model` is the schema's name. */
export const readObjectBody = async (exchange: Exchange, model: string | undefined): Promise<unknown> => {
  const { contentType } = exchange;
  if (contentType === protobuf && model !== undefined) return decodeEnvelope(await exchange.bytes(), model);
  const isJson = contentType === '' || contentType === '*/*' || contentType === json;
  if (!isJson && contentType !== yaml) {
    throw unsupportedMediaType([json, yaml, ...(model === undefined ? [] : [protobuf])]);
  }
  return parseBody(await exchange.body(), contentType === yaml);
};

/** Options may be left out. */
export const readOptionsBody = async (exchange: Exchange): Promise<unknown> => {
  const bytes = await exchange.bytes();
  if (bytes.length === 0) return undefined;
  if (exchange.contentType === protobuf) return decodeEnvelope(bytes, 'V1DeleteOptions');
  return parseBody(bytes.toString('utf8'), exchange.contentType === yaml);
};
