/** What is loaded when first called, and so is no part of the start. */
const LATER = [
  './live-connection-*.js',
  './older-messages-*.js',
  './read-export-*.js',
  './reply-carrier-*.js',
  './open-socket-*.js',
];

const check = (name, names, limit) => ({
  name,
  path: 'dist/index.js',
  import: `{ ${names} }`,
  ignore: LATER,
  gzip: true,
  limit,
  // As bundlers give it to browsers: a module. A plain script would need helpers for `import()`.
  modifyEsbuildConfig: (config) => ({ ...config, format: 'esm', target: 'es2022' }),
});

export default [
  check('client', 'createChatClient', '8 kB'),
  check('client and stores', 'createChatClient, createChatStores', '15 kB'),
  check(
    'client and all stores',
    'createChatClient, createChatStores, createPresetsStore, createSearchStore',
    '16 kB',
  ),
];
