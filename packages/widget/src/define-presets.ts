import { CpPresetName } from './elements/cp-preset-name/cp-preset-name.js';
import { CpPresets } from './elements/cp-presets/cp-presets.js';
import { register } from './register.js';

/* Registers what shows presets, which is fetched when the parameters are first drawn. */
register({ 'cp-preset-name': CpPresetName, 'cp-presets': CpPresets });
