import {
  appliedParametersSchema,
  NUMERIC_PARAMETERS,
  PARAMETER_NAMES,
  type Parameters,
} from '@chat-playground/sdk/protocol';
import { describe, expect, it } from 'vitest';
import { negotiateParameters } from './negotiate-parameters.js';
import type { ParameterRule, ParameterRules } from './parameter-rule.js';

const text: ParameterRule = { supported: true };
const rules: ParameterRules = {
  output_length: { supported: true, min: 1, max: 4096, step: 1, wireName: 'max_tokens' },
  temperature: { supported: true, min: 0, max: 2, step: 0.1 },
  top_p: { supported: true, min: 0.01, max: 1, step: 0.01 },
  repetition_penalty: { supported: false },
  frequency_penalty: { supported: true, min: -2, max: 2, step: 0.1 },
  presence_penalty: { supported: true, min: -2, max: 2, step: 0.1 },
  seed: { supported: true, step: 1 },
  system_prompt: text,
  stop: { supported: true, maxItems: 4 },
};
const model = { parameters: rules };

describe('negotiateParameters', () => {
  it('sends what the model takes under its own names and says which were renamed', () => {
    const { wire, applied } = negotiateParameters({ output_length: 200, temperature: 0.7 }, model);
    expect(wire).toEqual({ max_tokens: 200, temperature: 0.7 });
    expect(applied).toEqual({
      output_length: {
        outcome: 'renamed',
        requested: 200,
        value: 200,
        wire_name: 'max_tokens',
      },
      temperature: {
        outcome: 'applied',
        requested: 0.7,
        value: 0.7,
        wire_name: 'temperature',
      },
    });
  });

  it('clamps to the range and keeps what was asked for', () => {
    const { wire, applied } = negotiateParameters({ output_length: 99_999, top_p: 0 }, model);
    expect(wire).toEqual({ max_tokens: 4096, top_p: 0.01 });
    expect(applied.output_length).toMatchObject({ outcome: 'clamped', requested: 99_999 });
    expect(applied.top_p).toMatchObject({ outcome: 'clamped', value: 0.01 });
  });

  it('drops what the model lacks', () => {
    const { wire, applied } = negotiateParameters({ repetition_penalty: 1.2 }, model);
    expect(wire).toEqual({});
    expect(applied.repetition_penalty).toEqual({
      outcome: 'dropped',
      requested: 1.2,
      value: null,
      wire_name: null,
    });
  });

  it('carries the system prompt as a message rather than a field', () => {
    const { wire, applied } = negotiateParameters({ system_prompt: 'Be brief.' }, model);
    expect(wire).toEqual({});
    expect(applied.system_prompt).toMatchObject({ outcome: 'applied', value: 'Be brief.' });
  });

  it('keeps as many stop sequences as the model takes', () => {
    const { wire, applied } = negotiateParameters({ stop: ['a', 'b', 'c', 'd', 'e'] }, model);
    expect(wire).toEqual({ stop: ['a', 'b', 'c', 'd'] });
    expect(applied.stop?.outcome).toBe('clamped');
    expect(negotiateParameters({ stop: [] }, model).wire).toEqual({});
  });

  it("sends the operator's default when nothing was asked, and lists it as nobody's wish", () => {
    const tuned = {
      ...rules,
      temperature: { ...rules.temperature, default: 0.2, sendDefault: true },
    };
    const { wire, applied } = negotiateParameters({}, { parameters: tuned });
    expect(wire).toEqual({ temperature: 0.2 });
    expect(applied).toEqual({});
  });

  it('holds its promises for any request and any model', () => {
    const random = seededRandom(7);
    for (let round = 0; round < 3000; round += 1) {
      const requested = randomRequest(random);
      const parameters = randomRules(random);
      const { wire, applied } = negotiateParameters(requested, { parameters });
      expect(appliedParametersSchema.safeParse(applied).success).toBe(true);
      for (const name of PARAMETER_NAMES) {
        expect(name in applied).toBe(requested[name] !== undefined);
      }
      for (const name of NUMERIC_PARAMETERS) {
        const outcome = applied[name];
        if (!outcome) continue;
        const rule = parameters[name];
        expect(outcome.outcome === 'dropped').toBe(!rule.supported);
        expect(outcome.requested).toBe(requested[name]);
        if (outcome.value === null) continue;
        expect(wire[outcome.wire_name ?? '']).toBe(outcome.value);
        expect(Number(outcome.value)).toBeGreaterThanOrEqual(rule.min ?? -Infinity);
        expect(Number(outcome.value)).toBeLessThanOrEqual(rule.max ?? Infinity);
        if (rule.step === 1) expect(Number.isInteger(outcome.value)).toBe(true);
        if (outcome.outcome !== 'clamped') expect(outcome.value).toBe(outcome.requested);
      }
    }
  });
});

/** mulberry32: small and repeatable. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function randomRequest(random: () => number): Parameters {
  const request: Parameters = {};
  for (const name of NUMERIC_PARAMETERS) {
    if (random() < 0.5) continue;
    const scale = 10 ** Math.floor(random() * 9);
    const value = (random() - 0.5) * scale;
    request[name] = random() < 0.3 ? Math.round(value) + 0 : value;
  }
  if (random() < 0.3) request.stop = Array.from({ length: Math.floor(random() * 9) }, () => 'x');
  return request;
}

function randomRules(random: () => number): ParameterRules {
  const made: ParameterRules = { ...rules };
  for (const name of NUMERIC_PARAMETERS) {
    const isIntegral = random() < 0.5;
    const min = Math.floor((random() - 0.5) * 20);
    made[name] = {
      supported: random() < 0.7,
      step: isIntegral ? 1 : 0.1,
      ...(random() < 0.7 ? { min } : {}),
      ...(random() < 0.7 ? { max: min + Math.floor(random() * 100) } : {}),
      ...(random() < 0.5 ? { wireName: `wire_${name}` } : {}),
    };
  }
  return made;
}
