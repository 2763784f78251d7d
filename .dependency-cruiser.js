/**
 * The layers, as a rule that fails: imports point one way
 * (widget -> sdk -> sdk/protocol <- server; inside the server http, realtime and adapters ->
 * use-cases -> ports and domain -> protocol).
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
const server = '^packages/server/src/';
const tests = '\\.test\\.ts$|/test-support/|-contract\\.ts$';

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    forbid(
      'no-circular',
      'Data flows one way.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    forbid(
      'protocol-stands-alone',
      'The protocol imports nothing from the rest of the SDK, so that it can move out by a rename.',
      { path: '^packages/sdk/src/protocol/', pathNot: tests },
      { path: '^packages/', pathNot: '^packages/sdk/src/protocol/' },
    ),
    forbid(
      'sdk-knows-no-widget-or-server',
      'The SDK is below both.',
      { path: '^packages/sdk/' },
      { path: '^packages/(widget|server)/' },
    ),
    forbid(
      'schemas-cost-the-browser-nothing',
      'From the SDK root zod must not be reachable at run time: import types only.',
      { path: '^packages/sdk/src/', pathNot: ['^packages/sdk/src/(protocol|testing)/', tests] },
      { path: 'node_modules/zod/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'zod-free-protocol-only',
      'The SDK takes values only from the zod-free files of the protocol; of the others, types.',
      { path: '^packages/sdk/src/', pathNot: ['^packages/sdk/src/(protocol|testing)/', tests] },
      {
        path: '^packages/sdk/src/protocol/',
        pathNot: '/(error-codes|endings|limits|parameter-names|realtime-events|wire-names)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    ),
    forbid(
      'widget-knows-no-server',
      'The widget reaches the server through the SDK and nothing else.',
      { path: '^packages/widget/' },
      { path: '^packages/server/' },
    ),
    forbid(
      'server-takes-the-protocol-only',
      'Of the SDK the server knows the protocol.',
      { path: server, pathNot: tests },
      { path: '^packages/(widget|sdk)/', pathNot: '^packages/sdk/(dist|src)/protocol/' },
    ),
    forbid(
      'domain-imports-the-protocol-only',
      'Rules know neither storage nor HTTP.',
      { path: `${server}domain/`, pathNot: tests },
      { path: server, pathNot: `${server}domain/` },
    ),
    forbid(
      'ports-see-domain-only',
      'A port speaks of the domain.',
      { path: `${server}ports/`, pathNot: tests },
      { path: server, pathNot: `${server}(ports|domain)/` },
    ),
    forbid(
      'use-cases-see-ports-and-domain',
      'A use case is given its adapters.',
      { path: `${server}use-cases/`, pathNot: tests },
      { path: server, pathNot: `${server}(use-cases|ports|domain)/` },
    ),
    forbid(
      'edges-do-not-see-each-other',
      'http, realtime and the adapters meet in main.ts.',
      { path: `${server}(http|realtime|adapters)/`, pathNot: tests },
      { path: `${server}(main|config)\\.ts$` },
    ),
    forbid(
      'only-main-names-adapters',
      'main.ts and the commands beside it are where adapters are chosen.',
      { path: server, pathNot: [`${server}(main\\.ts|commands/|adapters/)`, tests] },
      { path: `${server}adapters/` },
    ),
    forbid(
      'one-importer-of-socket-io-client',
      'The live connection has one owner.',
      { path: '^packages/(sdk|widget)/src/', pathNot: ['^packages/sdk/src/realtime/', tests] },
      { path: 'node_modules/socket\\.io-client/' },
    ),
    forbid(
      'no-test-code-in-the-product',
      'What ships does not import what tests.',
      { path: '^packages/[^/]+/src/', pathNot: tests },
      { path: tests },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default'] },
  },
};
