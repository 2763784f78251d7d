import {
  PARAMETER_NAMES,
  type ParameterName,
  type Chat,
  type Model,
  type ParameterSpec,
  type User,
} from '@chat-playground/sdk';

let count = 0;

export function chat(title: string | null, fields: Partial<Chat> = {}): Chat {
  count += 1;
  return {
    chat_id: `01910000-0000-7000-8000-${String(count).padStart(12, '0')}`,
    user_id: USER.user_id,
    chat_title: title,
    active_message_id: null,
    pinned: false,
    archived: false,
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: '2026-01-01T00:00:00.000Z',
    version: 1,
    ...fields,
  };
}

export const USER: User = {
  user_id: '01920000-0000-7000-8000-000000000001',
  username: 'Ada Lovelace',
  email: 'ada@example.com',
  created_at: '2026-01-01T00:00:00.000Z',
};

/** A model that supports the parameters given and no other. */
export function model(
  id: string,
  specs: Partial<Record<ParameterName, ParameterSpec>> = {},
  fields: Partial<Model> = {},
): Model {
  const parameters = Object.fromEntries(
    PARAMETER_NAMES.map((name) => [name, specs[name] ?? { supported: false }]),
  ) as Model['parameters'];
  return { id, provider: 'maker', name: id, is_default: false, parameters, ...fields };
}
