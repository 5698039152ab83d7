/** The house's walls: who may import whom. scripts/gate-boundaries.test.ts proves that each of them holds. */

/** Tests and what only they use may look behind every door. */
const TESTS = ['[.]test[.]tsx?$', '/testing/', '^apps/server/test/', '^e2e/']
const OURS = '^(apps|e2e|bench|scripts)/(?!.*node_modules/)'
/** What wires features together, and is imported by none of them. */
const ROOTS = '^apps/server/src/((cli|demo)/|[^/]+[.]ts$)'
const FEATURE = '^apps/server/src/(?!(?:platform|cli|demo)/)([^/]+)/'
const DOORS = '^apps/server/src/(?!(?:platform|cli|demo)/)[^/]+/index[.]ts$'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment: 'domain/ knows the contract, its own files, and of the platform errors.ts and clock.ts alone.',
      severity: 'error',
      from: { path: '^apps/server/src/([^/]+)/domain/', pathNot: TESTS },
      to: {
        path: [OURS, '^packages/'],
        pathNot: [
          '^apps/server/src/$1/domain/',
          '^packages/contract/src/',
          '^apps/server/src/platform/(errors|clock)[.]ts$',
        ],
      },
    },
    {
      name: 'domain-without-effects',
      comment: 'domain/ turns values into values: it opens no file, no socket, no process and no database.',
      severity: 'error',
      from: { path: '^apps/server/src/[^/]+/domain/', pathNot: TESTS },
      to: {
        path: [
          '^(node:)?(fs|net|tls|dns|http|https|http2|dgram|child_process|cluster|worker_threads|sqlite)(/|$)',
          'node_modules/(pg|kysely|fastify|graphile-worker|nodemailer|smtp-server|ws|pino|better-auth)/',
        ],
      },
    },
    {
      name: 'feature-by-its-door',
      comment: 'A feature sees itself, the platform, the contract, and of other features index.ts.',
      severity: 'error',
      from: { path: FEATURE, pathNot: TESTS },
      to: {
        path: OURS,
        pathNot: ['^apps/server/src/$1/', '^apps/server/src/platform/', DOORS],
      },
    },
    {
      name: 'root-by-the-door',
      comment: 'What wires features together uses them as they use one another: by index.ts.',
      severity: 'error',
      from: { path: ROOTS, pathNot: TESTS },
      to: { path: FEATURE, pathNot: DOORS },
    },
    {
      name: 'platform-without-business',
      comment: 'The platform knows no feature and nothing that wires features together.',
      severity: 'error',
      from: { path: '^apps/server/src/platform/', pathNot: TESTS },
      to: { path: OURS, pathNot: '^apps/server/src/platform/' },
    },
    {
      name: 'platform-by-its-door',
      comment: 'A folder of the platform is used by its index.ts.',
      severity: 'error',
      from: { path: '^apps/server/', pathNot: ['^apps/server/src/platform/', ...TESTS] },
      to: { path: '^apps/server/src/platform/[^/]+/', pathNot: '^apps/server/src/platform/[^/]+/index[.]ts$' },
    },
    {
      name: 'contract-stands-alone',
      comment: 'The contract runs in a browser and imports nothing of ours.',
      severity: 'error',
      from: { path: '^packages/contract/', pathNot: TESTS },
      to: { path: OURS },
    },
    {
      name: 'browser-without-node',
      comment: 'What runs in a browser has no modules of Node.',
      severity: 'error',
      from: { path: '^(packages/contract|apps/web)/src/', pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'web-knows-the-contract-only',
      comment: 'The web app speaks to the server by the contract and never imports it.',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: '^(apps/server|e2e|bench|scripts)/' },
    },
    {
      name: 'ui-is-primitive',
      comment: 'web/ui knows no feature, no route, no request.',
      severity: 'error',
      from: { path: '^apps/web/src/ui/', pathNot: TESTS },
      to: {
        path: ['^apps/web/src/', '^packages/', 'node_modules/@tanstack/react-(query|router)/'],
        pathNot: '^apps/web/src/ui/',
      },
    },
    {
      name: 'not-to-tests',
      comment: 'What runs for people imports nothing that was made for tests.',
      severity: 'error',
      from: { path: '^(apps|packages|bench)/', pathNot: TESTS },
      to: { path: TESTS },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A module that imports nothing and that nothing imports is not used; tables.ts merges declarations.',
      severity: 'error',
      from: { orphan: true, pathNot: ['^e2e/', '/tables[.]ts$', '^apps/web/public/', '[.]d[.]ts$', '[.]config[.]ts$'] },
      to: {},
    },
    {
      name: 'nothing-unresolved',
      comment: 'Every import finds its module.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // TypeScript 7 has no API that this tool could use: with its default parser it would read no module, and pass.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^apps/web/dist/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      conditionNames: ['import', 'default'],
      exportsFields: ['exports'],
    },
  },
}
