import { isOfInputMethod } from './input-method.js';

/** What the keys of a small form inside of a message or a list do; neither while a word is composed. */
interface FormKeys {
  /** Escape. Farther out it would stop the reply, so that it goes no farther. */
  cancel: () => void;
  /** Ctrl or Command with Enter, where Enter alone begins a line. Default: such keys do nothing */
  save?: () => void;
}

export function handleFormKeys(event: KeyboardEvent, { cancel, save }: FormKeys): void {
  if (isOfInputMethod(event)) return;
  if (event.key === 'Escape') {
    event.preventDefault();
    event.stopPropagation();
    cancel();
  } else if (save && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    save();
  }
}
