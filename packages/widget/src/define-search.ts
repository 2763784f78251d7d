import { CpMessageHits } from './elements/cp-message-hits/cp-message-hits.js';
import { register } from './register.js';

/* Registers what shows found messages, which is fetched when someone begins to search. */
register({ 'cp-message-hits': CpMessageHits });
