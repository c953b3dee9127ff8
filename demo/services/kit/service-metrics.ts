import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What each service counts about itself, in the Prometheus text format at `/metrics`. */
export interface ServiceMetrics {
  observe(operation: string, status: number, seconds: number): void;
  faultInjected(fault: string): void;
  setOutboxDepth(depth: number): void;
  text(): Promise<string>;
}

export function createServiceMetrics(service: string): ServiceMetrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  const registers = [registry];
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Requests answered, by operation and status.',
    labelNames: ['operation', 'status'],
    registers,
  });
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request line to the end of the answer.',
    labelNames: ['operation'],
    buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 2.5],
    registers,
  });
  const faults = new Counter({
    name: 'faults_injected_total',
    help: 'Requests that met a switched-on fault.',
    labelNames: ['fault'],
    registers,
  });
  const outbox = new Gauge({ name: 'outbox_messages', help: 'Events that wait for their delivery.', registers });
  return {
    observe(operation, status, seconds) {
      requests.inc({ operation, status: String(status) });
      durations.observe({ operation }, seconds);
    },
    faultInjected: (fault) => faults.inc({ fault }),
    setOutboxDepth: (depth) => outbox.set(depth),
    text: () => registry.metrics(),
  };
}
