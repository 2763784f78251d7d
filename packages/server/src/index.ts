export { createApp, type AppDeps } from './app.js';
export { DomainError, isDomainError } from './domain/domain-error.js';
export { main } from './main.js';
export { startServer, type RunningServer, type ServerParts } from './server.js';
