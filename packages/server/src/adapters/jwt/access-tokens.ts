import { createSecretKey, type KeyObject } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { Passport } from 'passport';
import { ExtractJwt, Strategy, type StrategyOptionsWithoutRequest } from 'passport-jwt';
import { z } from 'zod';
import { DomainError } from '../../domain/domain-error.js';
import type { AccessTokens, VerifiedToken } from '../../ports/access-tokens.js';
import type { Clock } from '../../ports/clock.js';

const ISSUER = 'chat-playground';
const AUDIENCE = 'chat-playground-api';
/** Pinned: a token naming any other algorithm, `none` included, is refused. */
const ALGORITHM = 'HS256' as const;
const LIFETIME_SECONDS = 15 * 60;
/** How far ahead another node's clock may be. */
const CLOCK_LEEWAY_SECONDS = 30;

const payloadSchema = z.object({
  sub: z.uuid(),
  sid: z.uuid(),
  iat: z.number(),
  exp: z.number(),
});

interface Options {
  /** At least 32 characters. */
  secret: string;
  clock: Clock;
}

/** JSON web tokens, checked by passport-jwt. */
export function createAccessTokens({ secret, clock }: Options): AccessTokens {
  // Made once: given text, jsonwebtoken tries to read it as a public key first, at every token.
  const key = createSecretKey(secret, 'utf8');
  const passport = new Passport();
  passport.use(createStrategy(key, clock));

  return {
    lifetimeSeconds: LIFETIME_SECONDS,
    issue: ({ userId, sessionId }) =>
      jsonwebtoken.sign({ sid: sessionId, iat: Math.floor(clock.now() / 1000) }, key, {
        algorithm: ALGORITHM,
        issuer: ISSUER,
        audience: AUDIENCE,
        subject: userId,
        expiresIn: LIFETIME_SECONDS,
      }),
    verify: (token) =>
      new Promise((resolve, reject) => {
        const settle = (error: unknown, verified?: VerifiedToken | false, info?: unknown) => {
          if (error) reject(error);
          else if (verified) resolve(verified);
          else reject(refusal(info));
        };
        // The same strategy serves requests and sockets, so it is handed the one header it reads.
        const request = { headers: { authorization: `Bearer ${token}` } };
        const check: unknown = passport.authenticate('jwt', { session: false }, settle);
        (check as (request: object, response: object, next: (error?: unknown) => void) => void)(
          request,
          {},
          settle,
        );
      }),
  };
}

function createStrategy(key: KeyObject, clock: Clock): Strategy {
  const options: StrategyOptionsWithoutRequest = {
    jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
    // Its types know text alone; jsonwebtoken, to which it hands this on, takes keys.
    secretOrKey: key as unknown as Buffer,
    algorithms: [ALGORITHM],
    issuer: ISSUER,
    audience: AUDIENCE,
    // Expiry is compared with our own clock below, after the signature has proved the token ours.
    ignoreExpiration: true,
  };
  return new Strategy(options, (payload: unknown, done) => {
    const parsed = payloadSchema.safeParse(payload);
    if (!parsed.success) return done(null, false, new Error('unexpected payload'));
    const { sub, sid, iat, exp } = parsed.data;
    const now = clock.now() / 1000;
    if (iat > now + CLOCK_LEEWAY_SECONDS)
      return done(null, false, new Error('issued in the future'));
    if (exp <= now) return done(null, false, expired());
    return done(null, { userId: sub, sessionId: sid, expiresAt: exp * 1000 });
  });
}

function expired(): DomainError {
  return new DomainError('token_expired', 'The access token has expired. Refresh it.');
}

/** One answer for every other fault: which one it was would only help a forger. */
function refusal(info: unknown): DomainError {
  if (info instanceof DomainError) return info;
  return new DomainError('unauthenticated', 'The access token is missing or not valid. Sign in.');
}
