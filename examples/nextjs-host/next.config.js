import { existsSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const repository = join(here, '../..');

// Here the SDK and the widget are links into the repository, and nothing outside of the root is
// resolved. In a copy of this folder they come from the registry, and the folder is its own root.
const root = existsSync(join(repository, 'packages/sdk/package.json')) ? repository : here;

/** @type {import('next').NextConfig} */
export default {
  turbopack: { root },
  outputFileTracingRoot: root,
  poweredByHeader: false,
  experimental: { optimizePackageImports: ['@chakra-ui/react'] },
};
