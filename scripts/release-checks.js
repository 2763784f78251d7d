import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** In `repository` of the root's package.json until someone says where the project lives. */
const PLACEHOLDER = 'github.com/OWNER/';

const readManifest = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/**
 * Writes where the project lives, which the root's package.json alone says, into those of the
 * packages: npm compares theirs with where a package was built before it takes a provenance.
 *
 * @param {string} root folder of the repository
 */
export function spreadRepository(root) {
  const { repository, workspaces } = readManifest(root);
  for (const directory of workspaces) {
    const manifest = readManifest(join(root, directory));
    manifest.repository = { ...repository, directory };
    writeFileSync(join(root, directory, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  }
}

/**
 * Why nothing may be published as things are, in one sentence; null when all is well.
 *
 * @param {string} root folder of the repository
 * @param {Record<string, string | undefined>} env of the publishing process
 */
export function findPublishingProblem(root, env) {
  const { repository, workspaces } = readManifest(root);
  const { url } = repository;
  if (url.includes(PLACEHOLDER)) {
    return `repository.url in package.json is still the placeholder ${url}: put the project's own there, then run "npm run release:version".`;
  }
  for (const directory of workspaces) {
    const own = readManifest(join(root, directory)).repository;
    if (own?.url === url && own.directory === directory) continue;
    return `repository in ${directory}/package.json differs from the root's: run "npm run release:version".`;
  }
  const { GITHUB_REPOSITORY: built, ACTIONS_ID_TOKEN_REQUEST_URL: idToken } = env;
  if (!built || !idToken) {
    return 'Packages are published by .github/workflows/release.yml alone: only there is a provenance to be had (permission id-token: write).';
  }
  if (!url.endsWith(`github.com/${built}.git`)) {
    return `repository.url in package.json is ${url}, but this runs in ${built}: npm would refuse the provenance.`;
  }
  return null;
}
