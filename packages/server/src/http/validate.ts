import type { Endpoint, FieldIssue } from '@chat-playground/sdk/protocol';
import type { z } from 'zod';
import { DomainError } from '../domain/domain-error.js';

const MAX_REPORTED_ISSUES = 20;

type Place = 'params' | 'query' | 'body';
type Validated = Partial<Record<Place, unknown>>;

/**
 * What of a request the endpoint's schemas let through; whatever they do not name is dropped.
 *
 * @throws DomainError `invalid_request` naming every field that is wrong
 */
export function validate(endpoint: Endpoint, request: Record<Place, unknown>): Validated {
  const issues: FieldIssue[] = [];
  const validated: Validated = {};
  for (const place of ['params', 'query', 'body'] as const) {
    const schema: z.ZodType | undefined = endpoint[place];
    if (!schema) continue;
    const parsed = schema.safeParse(request[place]);
    if (parsed.success) validated[place] = parsed.data;
    else issues.push(...parsed.error.issues.map((issue) => describe(place, issue)));
  }
  if (issues.length > 0) throw invalidRequest(issues);
  return validated;
}

/** @throws nothing; builds the error whose text is its first issue */
export function invalidRequest(issues: FieldIssue[]): DomainError {
  const [first] = issues;
  const text = first ? `${first.field} ${first.message}.` : 'The request is not valid.';
  return new DomainError('invalid_request', text, {
    details: issues.slice(0, MAX_REPORTED_ISSUES),
  });
}

function describe(place: Place, issue: z.core.$ZodIssue): FieldIssue {
  return { field: [place, ...issue.path.map(String)].join('.'), message: expectation(issue) };
}

/** Says what was expected, as the end of a sentence that begins with the field's name. */
function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') {
    return issue.input === undefined && issue.message.endsWith('received undefined')
      ? 'is required'
      : `must be ${article(issue.expected)}`;
  }
  if (issue.code === 'invalid_value') {
    return `must be one of ${issue.values.map(String).join(', ')}`;
  }
  if (issue.code === 'too_small') return bound(issue.origin, 'least', issue.minimum);
  if (issue.code === 'too_big') return bound(issue.origin, 'most', issue.maximum);
  return issue.message;
}

function article(expected: string): string {
  return /^[aeio]/.test(expected) ? `an ${expected}` : `a ${expected}`;
}

const UNITS: Readonly<Record<string, string>> = { string: ' characters', array: ' items' };

function bound(origin: string, side: 'least' | 'most', limit: number | bigint): string {
  const unit = UNITS[origin];
  return unit ? `must have at ${side} ${limit}${unit}` : `must be at ${side} ${limit}`;
}
