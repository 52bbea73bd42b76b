interface FieldRule {
  field: string;
  leads: 'whoever changed it' | 'SuperOps' | 'LegendOps';
  /** What becomes of a change on either side. */
  rule: string;
}

/** Who leads on each thing that both systems have: the page of reference is made of it. */
export const fieldRules: readonly FieldRule[] = [
  {
    field: "A customer's name and its client's name",
    leads: 'whoever changed it',
    rule: 'A change of one side is made on the other. Where both were changed since, a person says which name stays. Names that differed when the link was confirmed may differ.',
  },
  {
    field: "A client's e-mail domains, stage and status",
    leads: 'SuperOps',
    rule: 'Read; domains suggest which customer it is. Never written.',
  },
  {
    field: 'Whether a customer is archived, its company at Pax8',
    leads: 'LegendOps',
    rule: 'Never written in SuperOps, and not changed by what happens there.',
  },
  {
    field: 'Which client a customer is',
    leads: 'LegendOps',
    rule: "A person's word. A client that was merged or deleted in SuperOps is told, and the link stays until a person removes it.",
  },
  {
    field: 'A contact that is there: names, e-mail address, telephone, site',
    leads: 'SuperOps',
    rule: 'Read. Its API changes no contact, so that a change is made there.',
  },
  {
    field: 'A contact that is new',
    leads: 'whoever changed it',
    rule: 'One that is new there is listed here after the next reading. One that is made here is made there, once for its e-mail address.',
  },
];
