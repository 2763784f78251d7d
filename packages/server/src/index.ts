export { DomainError, isDomainError } from './domain/domain-error.js';
