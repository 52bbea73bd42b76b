import { unsupportedMediaType } from '../object/api-error.ts';
import { parseBody } from '../api/decode.ts';
import { decodeEnvelope } from '../protobuf/decode-message.ts';
import { fieldNumbers } from '../protobuf/field-numbers.ts';
import type { Exchange } from './exchange.ts';

const json = 'application/json';
const yaml = 'application/yaml';
const protobuf = 'application/vnd.kubernetes.protobuf';

/**
 * The object of a request. Protobuf is understood for the built-in kinds whose fields have numbers; `model` is the schema's
 * name. Of any other kind every field would be dropped in silence.
 */
export const readObjectBody = async (exchange: Exchange, model: string | undefined): Promise<unknown> => {
  const { contentType } = exchange;
  const isNumbered = model !== undefined && fieldNumbers[model] !== undefined;
  if (contentType === protobuf && isNumbered) return decodeEnvelope(await exchange.bytes(), model);
  const isJson = contentType === '' || contentType === '*/*' || contentType === json;
  if (!isJson && contentType !== yaml) {
    throw unsupportedMediaType([json, yaml, ...(isNumbered ? [protobuf] : [])]);
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
