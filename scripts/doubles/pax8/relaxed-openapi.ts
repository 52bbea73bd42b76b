import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';

type Schema = Record<string, unknown> & { properties?: Record<string, Schema>; required?: string[]; enum?: string[] };
type Document = {
  paths: Record<
    string,
    Record<string, { responses: Record<string, { content?: Record<string, { schema?: Schema }> }> }>
  >;
  components: { schemas: Record<string, Schema> };
};

// Plain dates in date-time fields, milliseconds, and offsets without a colon all come from the vendor's examples.
const anyDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2}))?$/;
const day = /^\d{4}-\d{2}-\d{2}$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Response validators of the vendor's OpenAPI document, relaxed only where it contradicts its own examples. */
export async function responseValidators(path: string) {
  const document = JSON.parse(await readFile(path, 'utf8')) as Document;
  relax(document.components.schemas);
  const ajv = new Ajv({ strict: false, allErrors: true });
  for (const [name, pattern] of Object.entries({
    'date-time': anyDate,
    date: day,
    'yyyy-MM-dd': day,
    uuid,
    phone: /./,
    email: /@/,
  })) {
    ajv.addFormat(name, pattern);
  }
  ajv.addSchema(document, 'pax8');

  return (method: string, template: string, status: number): ValidateFunction => {
    const media = document.paths[template]?.[method]?.responses[status]?.content ?? {};
    const [type] = Object.keys(media);
    if (type === undefined) throw new Error(`${method} ${template} ${status} has no schema`);
    const pointer = ['paths', template, method, 'responses', String(status), 'content', type, 'schema'];
    const validate = ajv.getSchema(
      `pax8#/${pointer.map((part) => encodeURIComponent(part.replaceAll('/', '~1'))).join('/')}`,
    );
    if (!validate) throw new Error(`${method} ${template} ${status} does not compile`);
    return validate;
  };
}

function relax(schemas: Record<string, Schema>): void {
  const property = (schema: string, name: string) => schemas[schema]?.properties?.[name] ?? {};
  // Its values contain their descriptions; the first word is what is sent.
  const rateType = property('InvoiceItem', 'rateType');
  rateType.enum = rateType.enum?.map((value) => value.split(' ')[0] ?? value) ?? [];
  for (const [schema, name] of [
    ['Rate', 'endQuantityRange'],
    ['InvoiceItem', 'subscriptionId'],
    ['ProvisioningDetail', 'possibleValues'],
  ] as const) {
    property(schema, name).nullable = true;
  }
  // Required properties that replies never carry.
  for (const schema of ['LineItem', 'CreateLineItem']) {
    const found = schemas[schema];
    if (found)
      found.required = found.required?.filter((name) => name !== 'companyId' && name !== 'lineItemNumber') ?? [];
  }
  // Sent, and in the examples, but not in the schemas.
  Object.assign(schemas.Invoice?.properties ?? {}, { status: { type: 'string' } });
  Object.assign(schemas.UsageSummary?.properties ?? {}, { subscriptionId: { type: 'string', format: 'uuid' } });
  for (const name of [
    'Company',
    'Contact',
    'Pricing',
    'Rate',
    'Subscription',
    'Invoice',
    'InvoiceItem',
    'UsageSummary',
    'UsageLine',
    'Page',
    'Error',
  ]) {
    Object.assign(schemas[name] ?? {}, { additionalProperties: false });
  }
}
