import { z } from 'zod';
import { instantOf } from './instant.ts';
import { Asset, Client, named, OfClient, Person, SuperOpsId, Ticket } from './objects.ts';
import { list, type ListOperation } from './operations.ts';

// What the job psa-sync keeps of SuperOps: each kind by its list. What is an enum there is a text here: a value that we do not
// know is data.

/** Where a page is, as every list takes it. */
export interface PageInput {
  page: number;
  pageSize: number;
  sort?: readonly { attribute: string; order: 'ASC' | 'DESC' }[];
  condition?: object;
}

/** What is asked of every object, whatever its kind. */
export interface Described {
  id: string;
  /** The client whose it is; null for what is nobody's. */
  clientId: string | null;
  name: string;
  /** When SuperOps says that it changed; null where it says nothing that can be read. */
  changedAt: string | null;
}

export interface MirroredKind {
  list: ListOperation<unknown>;
  /** The field that holds an object's id. */
  key: string;
  /** It can be asked for what has changed since: SuperOps says when each did. */
  isFollowed: boolean;
  input: (page: PageInput) => object;
  describe: (row: unknown) => Described;
}

interface Declared<Row> {
  field: string;
  inputType: string;
  rows: string;
  row: z.ZodType<Row>;
  key: keyof Row & string;
  client: (row: Row) => string | undefined;
  name: (row: Row) => string;
  changedAt?: (row: Row) => string | null;
  input?: MirroredKind['input'];
}

const kind = <Row>({
  field,
  inputType,
  rows,
  row,
  key,
  client,
  name,
  changedAt,
  input,
}: Declared<Row>): MirroredKind => ({
  list: list<unknown>({ field, input: inputType, rows, row }),
  key,
  isFollowed: changedAt !== undefined,
  input: input ?? ((page) => page),
  describe: (given) => {
    const of = given as Row;
    return {
      id: SuperOpsId.parse(of[key]),
      clientId: client(of) ?? null,
      name: name(of),
      changedAt: instantOf(changedAt?.(of) ?? null),
    };
  },
});

/** Of a list that takes the page as a part of its input. */
const inListInfo = (listInfo: PageInput): object => ({ listInfo });

const text = z.string().nullable();

const KeptClient = Client.extend({ status: text, primaryContact: Person });

export const Site = z.object({
  id: SuperOpsId,
  name: z.string(),
  client: OfClient,
  hq: z.boolean().nullable(),
  timezoneCode: z.string(),
  line1: text,
  line2: text,
  city: text,
  postalCode: text,
  stateCode: text,
  countryCode: text,
  contactNumber: text,
});

export const Contact = z.object({
  userId: SuperOpsId,
  firstName: z.string(),
  lastName: text,
  name: z.string(),
  email: z.string(),
  contactNumber: text,
  client: OfClient,
  site: named({ id: SuperOpsId.optional(), name: z.string().optional() }),
});

export type Contact = z.infer<typeof Contact>;

const Technician = z.object({ userId: SuperOpsId, name: z.string(), email: z.string() });

const Contract = z.object({
  contractId: SuperOpsId,
  client: OfClient,
  startDate: z.string(),
  endDate: text,
  contractStatus: z.string(),
  contract: z.object({
    name: text,
    description: text,
    contractType: z.string(),
    billableContract: z
      .object({
        chargeItem: named({ itemId: SuperOpsId.optional(), name: z.string().optional() }),
        quantityCalculationType: z.string(),
        changes: z
          .array(
            z.object({
              changeId: SuperOpsId,
              effectiveDate: text,
              endDate: text,
              quantity: text,
              quantityChangeOperation: z.string(),
            }),
          )
          .nullable(),
      })
      .nullable(),
  }),
});

/** What SuperOps would invoice; what is revised wins. Amounts and quantities are texts, as they are written there. */
const OfferedItem = z.object({
  itemId: SuperOpsId,
  type: z.string(),
  billDate: z.string(),
  status: z.string(),
  serviceItem: named({ itemId: SuperOpsId.optional(), name: z.string().optional() }),
  client: OfClient,
  unitPrice: text,
  qty: text,
  amount: text,
  revisedUnitPrice: text,
  revisedQuantity: text,
  revisedAmount: text,
  updatedTime: text,
});

const ofClient = ({ client }: { client: z.infer<typeof OfClient> }): string | undefined => client?.accountId;
const byName = ({ name }: { name: string }): string => name;

/** Clients first: what else there is is theirs. */
export const mirrored = {
  client: kind({
    field: 'getClientList',
    inputType: 'ListInfoInput!',
    rows: 'clients',
    row: KeptClient,
    key: 'accountId',
    client: ({ accountId }) => accountId,
    name: byName,
  }),
  site: kind({
    field: 'getClientSiteList',
    inputType: 'GetClientSiteListInput!',
    rows: 'sites',
    row: Site,
    key: 'id',
    client: ofClient,
    name: byName,
    input: inListInfo,
  }),
  contact: kind({
    field: 'getClientUserList',
    inputType: 'GetClientUserListInput!',
    rows: 'userList',
    row: Contact,
    key: 'userId',
    client: ofClient,
    name: byName,
    input: inListInfo,
  }),
  technician: kind({
    field: 'getTechnicianList',
    inputType: 'ListInfoInput!',
    rows: 'userList',
    row: Technician,
    key: 'userId',
    client: () => undefined,
    name: byName,
  }),
  ticket: kind({
    field: 'getTicketList',
    inputType: 'ListInfoInput!',
    rows: 'tickets',
    row: Ticket,
    key: 'ticketId',
    client: ofClient,
    name: ({ subject }) => subject,
    changedAt: ({ updatedTime }) => updatedTime,
  }),
  asset: kind({
    field: 'getAssetList',
    inputType: 'ListInfoInput!',
    rows: 'assets',
    row: Asset,
    key: 'assetId',
    client: ofClient,
    name: byName,
  }),
  contract: kind({
    field: 'getClientContractList',
    inputType: 'ListInfoInput',
    rows: 'clientContracts',
    row: Contract,
    key: 'contractId',
    client: ofClient,
    name: ({ contract: { name, billableContract } }) => name ?? billableContract?.chargeItem?.name ?? '',
  }),
  item: kind({
    field: 'getOfferedItems',
    inputType: 'ListInfoInput',
    rows: 'items',
    row: OfferedItem,
    key: 'itemId',
    client: ofClient,
    name: ({ serviceItem }) => serviceItem?.name ?? '',
    changedAt: ({ updatedTime }) => updatedTime,
  }),
} as const;

export type MirroredKindName = keyof typeof mirrored;

export const mirroredKinds = Object.keys(mirrored) as MirroredKindName[];
