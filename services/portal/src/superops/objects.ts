import { z } from 'zod';
import { json } from './selection.ts';

// What we read of the vendor's objects. An id is digits up to twenty, or a bare number: never a Number of ours, which holds
// fifteen. A field that is missing is the connection's error; a value that we do not know is data.

export const SuperOpsId = z.string().regex(/^\d{1,20}$/);

export const Client = z.object({
  accountId: SuperOpsId,
  name: z.string().min(1),
  stage: z.string(),
  emailDomains: z.array(z.string().nullable()).nullable(),
});

export type Client = z.infer<typeof Client>;

/** A small object that the vendor declares as JSON; `{}` stands for none. */
export const named = <Shape extends z.ZodRawShape>(shape: Shape) => json(z.looseObject(shape).nullable());

export const Person = named({ name: z.string().optional() });
export const OfClient = named({ accountId: SuperOpsId.optional() });

export const Ticket = z.object({
  ticketId: SuperOpsId,
  displayId: z.string(),
  subject: z.string(),
  status: z.string().nullable(),
  priority: z.string().nullable(),
  client: OfClient,
  requester: Person,
  technician: Person,
  createdTime: z.string().nullable(),
  updatedTime: z.string().nullable(),
});

/** The opening text is the first of them, of the type DESCRIPTION. */
export const Conversation = z.object({
  conversationId: SuperOpsId,
  type: z.string(),
  content: z.string().nullable(),
  time: z.string(),
  user: Person,
});

export const Named = z.object({ name: z.string() });

export const Asset = z.object({
  assetId: SuperOpsId,
  name: z.string(),
  client: OfClient,
  serialNumber: z.string().nullable(),
  platform: z.string().nullable(),
  status: z.string().nullable(),
  lastCommunicatedTime: z.string().nullable(),
  warrantyExpiryDate: z.string().nullable(),
});

/** One of SuperOps's own, as it sends it to the client. Its amounts say no currency. */
export const SuperOpsInvoice = z.object({
  invoiceId: SuperOpsId,
  displayId: z.string(),
  client: OfClient,
  invoiceDate: z.string(),
  statusEnum: z.string().nullable(),
  totalAmount: z.string().nullable(),
  items: z.array(z.object({ billedDate: z.string() })).nullable(),
});

const QuantityChange = z.object({
  changeId: SuperOpsId,
  effectiveDate: z.string().nullable(),
  endDate: z.string().nullable(),
  quantity: z.string().nullable(),
  quantityChangeOperation: z.string(),
});

/** Declared a number, and shown as a text, too; NaN for what is none. */
const Count = z.union([z.number(), z.string()]).transform(Number);

/** Of a client: one item that is charged, so many from a day on. */
export const Contract = z.object({
  contractId: SuperOpsId,
  client: OfClient,
  startDate: z.string(),
  endDate: z.string().nullable(),
  contractStatus: z.string(),
  contract: z.object({
    name: z.string().nullable(),
    contractType: z.string(),
    /** Null where it charges nothing by a count. */
    billableContract: z
      .object({
        chargeItem: named({ itemId: SuperOpsId.optional(), name: z.string().optional() }),
        /** DYNAMIC: SuperOps counts by itself. */
        quantityCalculationType: z.string(),
        changes: z.array(QuantityChange).nullable(),
        frequencyType: z.string(),
        /** Null for what is charged once, or as it is used. */
        recurringContract: z
          .object({
            recurringMode: z.string(),
            frequencyDurationUnit: z.string(),
            frequencyInterval: Count,
            /** Of what is billed in advance: by so many days. */
            billingOffset: Count.nullable(),
          })
          .nullable(),
      })
      .nullable(),
  }),
});

/** What contracts charge. */
export const CatalogItem = z.object({ itemId: SuperOpsId, name: z.string().min(1) });

/** What a create gives when it has made something. Null is that it has failed; whatever else is there leaves it in doubt. */
export const MadeTicket = z.object({ ticketId: SuperOpsId });
export const ChangedClient = z.object({ accountId: SuperOpsId, name: z.string() });
export const MadeContact = z.object({ userId: SuperOpsId });
export const Role = z.object({ roleId: SuperOpsId, name: z.string() });
export const MadeConversation = z.object({ conversationId: SuperOpsId });

export type QuantityChange = z.infer<typeof QuantityChange>;
export type Contract = z.infer<typeof Contract>;
export type CatalogItem = z.infer<typeof CatalogItem>;
export type Ticket = z.infer<typeof Ticket>;
export type Conversation = z.infer<typeof Conversation>;
export type Asset = z.infer<typeof Asset>;
export type SuperOpsInvoice = z.infer<typeof SuperOpsInvoice>;
