import { Button, Field, Input, NativeSelect, Popover } from '@chakra-ui/react';
import { useChat, useStore } from '../../chat';

const SHOWN = ['output_length', 'temperature', 'top_p', 'repetition_penalty'] as const;

/** The model, and those of its parameters that it has. Left empty, they are the model's own. */
export function Parameters() {
  const { stores } = useChat();
  const { models } = useStore(stores.$models);
  const asked = useStore(stores.$parameters);
  const model = models.find(({ id }) => id === asked.model) ?? models.find((one) => one.is_default);
  return (
    <Popover.Root positioning={{ placement: 'top-start' }}>
      <Popover.Trigger asChild>
        <Button variant="outline">Parameters</Button>
      </Popover.Trigger>
      <Popover.Positioner>
        <Popover.Content p="4" gap="3">
          <NativeSelect.Root>
            <NativeSelect.Field
              aria-label="Model"
              value={model?.id}
              onChange={({ target }) => stores.setParameters({ model: target.value })}
            >
              {models.map(({ id, name }) => (
                <option key={id} value={id} children={name} />
              ))}
            </NativeSelect.Field>
            <NativeSelect.Indicator />
          </NativeSelect.Root>
          {SHOWN.filter((name) => model?.parameters[name].supported).map((name) => (
            <Field.Root key={name}>
              <Field.Label>{name.replace('_', ' ')}</Field.Label>
              <Input
                {...{ type: 'number', step: 'any', defaultValue: asked[name] }}
                placeholder={String(model?.parameters[name].default)}
                onChange={({ target: { value } }) =>
                  stores.setParameters({ [name]: value === '' ? undefined : Number(value) })
                }
              />
            </Field.Root>
          ))}
        </Popover.Content>
      </Popover.Positioner>
    </Popover.Root>
  );
}
