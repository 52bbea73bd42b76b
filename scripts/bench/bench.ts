import { parseArgs } from 'node:util';

const usage = `npm run bench -- [http|traces|transaction|billing|operator|stencils] … [options]
  http         a list of 20 rows through a service, against bare node:http + pg doing the same, and against the same list
               in Fastify with Kysely and in Express with an ORM
    --profile <directory>     writes each server's CPU profile there
  traces       the list of 20 rows with traces recorded, against the same service without
  transaction  a tenant's transaction, against the same statement without row level security and roles
  billing      usage ingested against COPY, rating against one statement, a preview and an invoice run of 1,000 customers
  operator     Tenants on a real control plane (LEGENDOPS_TOOLS), against the bare writes; about 45 minutes by default
    --sizes 1000,5000,10000   how many Tenants
    --idle-minutes 5          how long it is left alone at each size
    (--sizes 1000 --idle-minutes 1: the table of 1,000 and its ratio to the bare writes, in some minutes)
  stencils     real stencils of LEGENDOPS_DATA parsed and drawn, against vss2xhtml of Debian's libvisio-tools
Each prints its figures and ratios in one run; http and transaction without a name.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: 'boolean', default: false },
    profile: { type: 'string' },
    sizes: { type: 'string', default: '1000,5000,10000' },
    'idle-minutes': { type: 'string', default: '5' },
  },
});

// Each alone: what the others load is no part of the memory that one measures.
const benchmarks: Record<string, () => Promise<boolean>> = {
  http: async () => (await import('./http/http.ts')).benchHttp({ profileDirectory: values.profile }),
  traces: async () => (await import('./http/traces.ts')).benchTraces({ profileDirectory: values.profile }),
  transaction: async () => (await import('./transaction.ts')).benchTransaction(),
  billing: async () => (await import('./billing/billing.ts')).benchBilling(),
  stencils: async () => (await import('./stencils.ts')).benchStencils(),
  operator: async () =>
    (await import('./operator/operator.ts')).benchOperator({
      sizes: values.sizes.split(',').map(Number),
      idleMinutes: Number(values['idle-minutes']),
    }),
};

if (values.help || positionals.some((name) => !benchmarks[name])) process.stdout.write(usage);
else {
  let met = true;
  for (const name of positionals.length > 0 ? positionals : ['http', 'transaction'])
    met = ((await benchmarks[name]?.()) ?? true) && met;
  process.exitCode = met ? 0 : 1;
}
