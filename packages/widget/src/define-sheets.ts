import { CpConfirm } from './elements/cp-confirm/cp-confirm.js';
import { CpConnectHelp } from './elements/cp-connect-help/cp-connect-help.js';
import { CpDialog } from './elements/cp-dialog/cp-dialog.js';
import { CpShortcuts } from './elements/cp-shortcuts/cp-shortcuts.js';
import { register } from './register.js';

/* Registers the sheets that open over the widget, which are fetched when one is first asked for. */
register({
  'cp-confirm': CpConfirm,
  'cp-connect-help': CpConnectHelp,
  'cp-dialog': CpDialog,
  'cp-shortcuts': CpShortcuts,
});
