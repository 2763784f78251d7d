import type { Model } from '@chat-playground/sdk';

/** Provider id of the model that comes with the server and is no language model. */
const DEMO_PROVIDER = 'demo';

export function isDemoModel(model: Model): boolean {
  return model.provider === DEMO_PROVIDER;
}

/** The model replies are asked of: the chosen one, or the server's default. */
export function currentModel(models: readonly Model[], chosen?: string): Model | undefined {
  return (
    models.find((model) => model.id === chosen) ??
    models.find((model) => model.is_default) ??
    models[0]
  );
}

/** Models whose name, id or provider hold every word of the query, by provider in list order. */
export function groupModels(models: readonly Model[], query: string): Map<string, Model[]> {
  const words = query.toLowerCase().split(/\s+/);
  const groups = new Map<string, Model[]>();
  for (const model of models) {
    const text = `${model.name} ${model.id} ${model.provider}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    const group = groups.get(model.provider) ?? [];
    group.push(model);
    groups.set(model.provider, group);
  }
  return groups;
}
