// Who may import whom; the reasons are in docs/architecture.md.
const tests = '\\.(test|db-test|platform-test|exhaustive-test|kube-test|browser-test)\\.ts$';

const forbid = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

// A folder whose rooms stand on floors, lowest first. A room imports itself and rooms of lower floors, none beside it; a file
// that belongs to no room imports none of them.
const floors = (folder, stories) => {
  const inFolder = (room) => `^${folder}/${room}`;
  const rooms = stories.flatMap((story, floor) =>
    story.map((room) => {
      const below = stories.slice(0, floor).flat();
      const to = { path: `^${folder}/`, pathNot: [room, ...below].map(inFolder) };
      return forbid(`floors of ${folder}: ${room}`, { path: inFolder(room) }, to, 'A room stands on lower floors alone');
    }),
  );
  const homeless = { path: `^${folder}/`, pathNot: stories.flat().map(inFolder) };
  return [...rooms, forbid(`floors of ${folder}`, homeless, { path: `^${folder}/` }, 'Every room has a floor: name it here')];
};

module.exports = {
  forbidden: [
    forbid('no-circular', {}, { circular: true }, 'A circle has no first file to read'),
    forbid('not-to-unresolvable', {}, { couldNotResolve: true }, 'It would fail at run time'),
    forbid(
      'service-alone',
      { path: '^services/(portal|billing|auth|catalog|migrations)/', pathNot: [tests, '/testing/'] },
      { path: '^(services/(?!kit/|$1/)|operators/|frontend/|scripts/)' },
      'A service imports kit and itself: what it needs of another comes by HTTP or by the outbox feed',
    ),
    forbid('kit-knows-no-service', { path: '^services/kit/' }, { path: '^(services/(?!kit/)|operators/|frontend/|scripts/)' }, 'Everyone stands on kit'),
    forbid(
      'kit-contract-alone',
      { path: '^services/kit/src/contract/' },
      { path: '^services/kit/src/(?!contract/)' },
      'The frontend shares it',
    ),
    forbid('kit-errors-alone', { path: '^services/kit/src/errors/' }, { path: '^services/kit/src/(?!errors/)' }, 'Everything may throw them'),
    forbid(
      'contract-imports-contract',
      { path: '^services/(portal|billing|auth|catalog)/src/[a-z/-]*\\bcontract\\.ts$' },
      { path: '^services/', pathNot: ['^services/kit/src/contract/', '^services/$1/src/[a-z/-]*\\bcontract\\.ts$'] },
      'A contract is zod and nothing that runs on a server',
    ),
    forbid('runtime-alone', { path: '^operators/runtime/', pathNot: tests }, { path: '^(services|operators/(?!runtime/)|frontend|scripts)/' }, 'The runtime knows no tenant'),
    forbid(
      'operator-on-kit-basics',
      { path: '^operators/tenant/', pathNot: tests },
      { path: '^(services/(?!kit/src/((azure|config|log|jobs|trace)/|db/schema-version\\.ts$))|frontend/|scripts/)' },
      'The operator uses the runtime and kit: azure, config, log, jobs, trace, and what release a database is of',
    ),
    forbid(
      'frontend-on-contracts',
      { path: '^frontend/', pathNot: tests },
      { path: '^(services/(?!(portal|billing|auth|catalog)/src/[a-z/-]*\\bcontract\\.ts|kit/src/contract/)|operators/|scripts/)' },
      'The frontend imports its own code and contracts',
    ),
    forbid(
      'features-apart',
      { path: '^frontend/src/features/([^/]+)/' },
      { path: '^frontend/src/features/(?!$1/)' },
      'What two features share belongs into components or lib',
    ),
    forbid('nothing-imports-scripts', { path: '^(services|operators|frontend)/', pathNot: [tests, '/testing/'] }, { path: '^scripts/' }, 'Scripts stand on top'),
    forbid('jobs-on-top', { pathNot: '^services/(billing|portal)/src/jobs/' }, { path: '^services/(billing|portal)/src/jobs/' }, 'Entry points: what they share is in job/'),
    forbid(
      'job-below-nouns',
      { path: '^services/(billing|portal)/src/job/', pathNot: tests },
      { path: '^services/$1/src/(?!job/|contract\\.ts$)' },
      'Every noun with a job stands on it',
    ),
    ...floors('scripts', [
      ['loopback/'],
      ['kubernetes/', 'doubles/', 'observability/'],
      ['local/'],
      ['seed/', 'calc/', 'stencil/', 'audit/'],
      ['generate/'],
      ['start/', 'check/', 'suites/', 'bench/', 'kind/', 'simulate/', 'ops/'],
    ]),
    ...floors('scripts/kubernetes', [
      ['object/', 'testing/'],
      ['schema/', 'store/'],
      ['kinds/', 'identity/', 'apply/', 'patch/', 'protobuf/'],
      ['api/'],
      ['http/', 'controllers/'],
      ['serve'],
      ['contract/', 'job-suite/'],
    ]),
    forbid(
      'store-below-service',
      { path: '/store\\.ts$' },
      { path: '/(service|routes|presenter)\\.ts$' },
      'routes -> service -> store',
    ),
    forbid('service-below-routes', { path: '/([^/]+)/service\\.ts$' }, { path: '/routes\\.ts$' }, 'routes -> service -> store'),
    forbid(
      'routes-through-service',
      { path: '^services/(portal|billing|auth|catalog)/src/[^/]+/routes\\.ts$' },
      { path: ['^services/$1/src/[a-z-]+/[a-z-]*store\\.ts$', '^services/kit/src/db/sql\\.ts$'] },
      'routes -> service -> store: a route that speaks SQL has no service to reach it by',
    ),
    forbid(
      'noun-through-service',
      { path: '^services/(portal|billing|auth|catalog)/src/([^/]+)/', pathNot: [tests, '/testing/'] },
      { path: '^services/$1/src/[a-z-]+/[a-z-]*store\\.ts$', pathNot: '^services/$1/src/$2/' },
      'A noun reaches another noun through its service, not its store',
    ),
    forbid(
      'product-without-tests',
      { pathNot: [tests, '/testing/', '^scripts/'] },
      { path: ['/testing/', tests] },
      'Test code stays in tests',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules/(?!@legendops))/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
