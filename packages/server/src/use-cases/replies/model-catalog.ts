import {
  PARAMETER_NAMES,
  type Model,
  type ParameterName,
  type ParameterSpec,
} from '@chat-playground/sdk/protocol';
import { DomainError } from '../../domain/domain-error.js';
import type { ParameterRule } from '../../domain/parameter-rule.js';
import type { Logger } from '../../ports/logger.js';
import type { ModelProvider, ProviderModel } from '../../ports/model-provider.js';

export interface ResolvedModel {
  /** The model's id on our wire: `<provider>/<its own id>`. */
  id: string;
  provider: ModelProvider;
  model: ProviderModel;
}

export interface ModelCatalog {
  /** Models of every provider that answers, in the order of the configuration. Never rejects. */
  list(): Promise<Model[]>;
  /**
   * The model to ask: by its id on our wire, by the provider's own id where only one has it, or the
   * default when no id is given.
   *
   * @throws DomainError `model_not_found`, or the provider's own error when its models are unknown
   */
  resolve(modelId?: string): Promise<ResolvedModel>;
}

interface ModelCatalogDeps {
  /** Names are unique. */
  providers: readonly ModelProvider[];
  logger: Logger;
  /** Id of the model used when a request names none; the first one listed by default. */
  defaultModelId?: string;
  /** How long a provider may take to list its models, in milliseconds; 5,000 by default. */
  timeoutMs?: number;
}

const LIST_TIMEOUT_MS = 5_000;

/** The models of all providers as one list. A provider that is down does not hide the others. */
export function createModelCatalog(deps: ModelCatalogDeps): ModelCatalog {
  const { providers, logger, defaultModelId } = deps;
  const listOf = (provider: ModelProvider) =>
    provider.listModels(AbortSignal.timeout(deps.timeoutMs ?? LIST_TIMEOUT_MS));

  async function knownOf(provider: ModelProvider): Promise<ResolvedModel[]> {
    try {
      return (await listOf(provider)).map((model) => resolved(provider, model));
    } catch (error) {
      logger.warn({ err: error, provider: provider.name }, 'a provider lists no models');
      return [];
    }
  }

  async function known(): Promise<ResolvedModel[]> {
    return (await Promise.all(providers.map(knownOf))).flat();
  }

  async function resolveById(modelId: string): Promise<ResolvedModel> {
    for (const provider of providers) {
      if (!modelId.startsWith(`${provider.name}/`)) continue;
      const own = modelId.slice(provider.name.length + 1);
      const model = (await listOf(provider)).find(({ id }) => id === own);
      if (model) return resolved(provider, model);
    }
    const matches = (await known()).filter(({ model }) => model.id === modelId);
    const [match] = matches;
    if (!match) throw modelNotFound(`There is no model "${modelId}".`);
    if (matches.length === 1) return match;
    const ids = matches.map(({ id }) => id).join(', ');
    throw modelNotFound(`Several providers have a model "${modelId}": name one of ${ids}.`);
  }

  /** Asks no further than it must: a provider that is down should not slow the others' replies. */
  async function resolveDefault(): Promise<ResolvedModel> {
    if (defaultModelId !== undefined) {
      const configured = await resolveById(defaultModelId).catch(() => null);
      if (configured) return configured;
    }
    for (const provider of providers) {
      const [first] = await knownOf(provider);
      if (first) return first;
    }
    throw modelNotFound('No model can be reached at the moment.');
  }

  return {
    async list() {
      const models = await known();
      const defaultId = models.some(({ id }) => id === defaultModelId)
        ? defaultModelId
        : models[0]?.id;
      return models.map((one) => presentModel(one, one.id === defaultId));
    },
    resolve: (modelId) => (modelId === undefined ? resolveDefault() : resolveById(modelId)),
  };
}

function resolved(provider: ModelProvider, model: ProviderModel): ResolvedModel {
  return { id: `${provider.name}/${model.id}`, provider, model };
}

function modelNotFound(reason: string): DomainError {
  const message = `${reason} GET /api/models lists those there are.`;
  return new DomainError('model_not_found', message, {
    details: [{ field: 'body.parameters.model', message: reason }],
  });
}

function presentModel({ id, provider, model }: ResolvedModel, isDefault: boolean): Model {
  const specs = PARAMETER_NAMES.map((name) => [name, presentRule(model.parameters[name])] as const);
  return {
    id,
    provider: provider.name,
    name: model.name,
    ...(model.description === undefined ? {} : { description: model.description }),
    is_default: isDefault,
    parameters: Object.fromEntries(specs) as Record<ParameterName, ParameterSpec>,
  };
}

/** The rule without what only the server needs to know. */
function presentRule(rule: ParameterRule): ParameterSpec {
  if (!rule.supported) return { supported: false };
  const { min, max, step } = rule;
  return {
    supported: true,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(step === undefined ? {} : { step }),
    default: rule.default ?? null,
  };
}
