import type { GetUsage } from '../../use-cases/get-usage.js';
import type { Handlers } from '../handler.js';

export interface UsageUseCases {
  getUsage: GetUsage;
}

export type UsageHandlers = Pick<Handlers, keyof UsageUseCases>;

export function createUsageHandlers({ getUsage }: UsageUseCases): UsageHandlers {
  return {
    async getUsage({ caller, query }) {
      const { rows, ...report } = await getUsage(caller, query);
      return { ...report, usage: rows };
    },
  };
}
