import { StartupError } from './domain/startup-error.js';
import { placeholderIn, weaknessOf } from './domain/weak-secret.js';

/** By hand, as a MongoDB address may list several hosts and so be no URL. */
const PASSWORD_IN_ADDRESS = /^[a-z+]+:\/\/[^/@]*:([^/@]*)@/;
const OWN_SECRETS = ['JWT_SECRET', 'METRICS_TOKEN'] as const;
const ADDRESSES = ['MONGO_URI', 'REDIS_URL'] as const;

type OwnSecret = (typeof OWN_SECRETS)[number];
type Variable = OwnSecret | (typeof ADDRESSES)[number] | 'JWT_SECRET_FILE';

/**
 * What passes on one's own machine is an open door on everyone's.
 *
 * @param env the variables, each of them valid in itself
 * @param expectedOf what a variable must be, in words
 * @throws StartupError naming the variable, never its value
 */
export function refuseWeakSecrets(
  env: Readonly<Record<Variable, string | undefined>>,
  expectedOf: (name: OwnSecret) => string,
): void {
  if (env.JWT_SECRET === undefined && env.JWT_SECRET_FILE === undefined) {
    throw new StartupError(
      `JWT_SECRET is not set: with NODE_ENV=production it must be ${expectedOf('JWT_SECRET')}; or name a file to keep it in with JWT_SECRET_FILE.`,
    );
  }
  for (const name of OWN_SECRETS) {
    const judge = name === 'JWT_SECRET' ? weaknessOf : placeholderIn;
    const weakness = env[name] && judge(env[name]);
    if (!weakness) continue;
    throw new StartupError(
      `${name} ${weakness}: with NODE_ENV=production it must be ${expectedOf(name)}.`,
    );
  }
  for (const name of ADDRESSES) {
    const password = PASSWORD_IN_ADDRESS.exec(env[name] ?? '')?.[1];
    const weakness = password && placeholderIn(password);
    if (!weakness) continue;
    throw new StartupError(
      `The password in ${name} ${weakness}: with NODE_ENV=production it must be one of your own.`,
    );
  }
}
