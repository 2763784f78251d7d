/** Counts what the server does, for those who watch it. Never what about, or for whom. */
export interface Metrics {
  /** One answered request of an endpoint of the protocol, by the endpoint's name. */
  countRequest(endpoint: string, status: number, seconds: number): void;
  /** One more stream is being read. @returns what to call when it no longer is */
  countStream(): () => void;
  /** All of it, in Prometheus' text format. */
  text(): Promise<string>;
}
