import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics } from '../../ports/metrics.js';

/** From what a cached page takes to what a slow database makes of a search. */
const SECONDS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Metrics of this process in a registry of their own. */
export function createPrometheusMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'chat_playground_request_seconds',
    help: 'How long requests took to answer; of streams, to read.',
    labelNames: ['endpoint', 'status'],
    buckets: SECONDS,
    registers: [registry],
  });
  const streams = new Gauge({
    name: 'chat_playground_open_streams',
    help: 'Streams of replies being read.',
    registers: [registry],
  });
  return {
    countRequest: (endpoint, status, seconds) =>
      requests.observe({ endpoint, status: String(status) }, seconds),
    countStream() {
      streams.inc();
      return () => streams.dec();
    },
    text: () => registry.metrics(),
  };
}
