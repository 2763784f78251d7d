import {
  PARAMETER_NAMES,
  type AppliedParameters,
  type ParameterName,
  type ParameterOutcome,
  type Parameters,
  type ParameterValue,
} from '@chat-playground/sdk/protocol';
import type { ParameterRule, ParameterRules } from './parameter-rule.js';

/** Body fields of the request to the provider, by the provider's own names. */
export type WireParameters = Record<string, ParameterValue | boolean>;

export interface Negotiated {
  wire: WireParameters;
  /** What became of each requested parameter; those not asked for are not listed. */
  applied: AppliedParameters;
}

/** How a provider was asked instead after it had refused. */
export type Adjustment =
  /** `becomes` is the name it took instead; null when the field was left out. */
  | { of: 'field'; field: string; becomes: string | null }
  /** It knows no system role: the prompt went into the first message of the user's. */
  | { of: 'system_prompt' };

/** Where a system prompt goes for a model without the system role. */
const FIRST_USER_MESSAGE = 'first_user_message';

/**
 * Fits what was asked for to what a model takes. Known differences never fail: values are clamped
 * and names translated, what the model lacks is dropped, and the outcome says so.
 *
 * The system prompt travels as the first message, so it is in `applied` but not in `wire`; an
 * empty list of stop sequences means none and is not sent either.
 */
export function negotiateParameters(
  requested: Parameters,
  model: { parameters: ParameterRules },
): Negotiated {
  const wire: WireParameters = {};
  const applied: AppliedParameters = {};
  for (const name of PARAMETER_NAMES) {
    const rule = model.parameters[name];
    const value = requested[name];
    if (value === undefined) {
      if (rule.supported && rule.sendDefault && hasValue(rule.default)) {
        addToWire(wire, name, rule, rule.default);
      }
      continue;
    }
    const outcome = negotiate(name, rule, value);
    applied[name] = outcome;
    if (outcome.value !== null) addToWire(wire, name, rule, outcome.value);
  }
  return { wire, applied };
}

/** What became of the parameters when the provider was asked differently in the end. */
export function adjustApplied(
  applied: AppliedParameters,
  adjustments: readonly Adjustment[],
): AppliedParameters {
  const adjusted = { ...applied };
  for (const name of PARAMETER_NAMES) {
    let outcome = adjusted[name];
    if (!outcome) continue;
    for (const adjustment of adjustments) outcome = adjustOutcome(name, outcome, adjustment);
    adjusted[name] = outcome;
  }
  return adjusted;
}

function adjustOutcome(
  name: ParameterName,
  before: ParameterOutcome,
  adjustment: Adjustment,
): ParameterOutcome {
  if (adjustment.of === 'system_prompt') {
    const isSent = name === 'system_prompt' && before.value !== null && before.value !== '';
    return isSent ? { ...before, moved_to: FIRST_USER_MESSAGE } : before;
  }
  const { field, becomes } = adjustment;
  if (name === 'system_prompt' || before.wire_name !== field) return before;
  if (becomes === null) return { ...before, outcome: 'dropped', value: null, wire_name: null };
  const outcome =
    before.outcome === 'clamped' ? 'clamped' : becomes === name ? 'applied' : 'renamed';
  return { ...before, outcome, wire_name: becomes };
}

function negotiate(
  name: ParameterName,
  rule: ParameterRule,
  requested: ParameterValue,
): ParameterOutcome {
  const value = rule.supported ? fit(rule, requested) : null;
  if (value === null) return { outcome: 'dropped', requested, value: null, wire_name: null };
  const wireName = rule.wireName ?? name;
  const renamed = wireName !== name;
  const outcome = isSame(requested, value) ? (renamed ? 'renamed' : 'applied') : 'clamped';
  return { outcome, requested, value, wire_name: wireName };
}

/** The nearest value the model takes; null when there is none. */
function fit(rule: ParameterRule, value: ParameterValue): ParameterValue | null {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.slice(0, rule.maxItems);
  if (Number.isNaN(value)) return null;
  const min = rule.min ?? -Number.MAX_SAFE_INTEGER;
  const max = rule.max ?? Number.MAX_SAFE_INTEGER;
  // A model whose whole range is fractional never has an integral step, so rounding stays inside.
  const isIntegral = rule.step !== undefined && Number.isInteger(rule.step);
  const rounded = isIntegral && Number.isFinite(value) ? Math.round(value) : value;
  return Math.min(Math.max(rounded, min), max);
}

function isSame(a: ParameterValue, b: ParameterValue): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length;
}

function hasValue(value: ParameterValue | null | undefined): value is ParameterValue {
  return value !== null && value !== undefined;
}

function addToWire(
  wire: WireParameters,
  name: ParameterName,
  rule: ParameterRule,
  value: ParameterValue,
): void {
  if (name === 'system_prompt') return;
  if (Array.isArray(value) && value.length === 0) return;
  wire[rule.wireName ?? name] = value;
}
