import type { Metrics } from './metrics.ts';
import { type RequestOutcome, requestOutcomes, type RequestSummary } from './request-summary.ts';

/** Seconds; finer where the gateway's own time is, and up to its longest deadline. */
const durations = [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const overheads = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];

/** One client's operation with its labels bound: counting costs no look-up by text beyond two. */
interface OperationCounters {
  readonly duration: { observe(seconds: number): void };
  readonly cost: { inc(units: number): void };
  readonly outcomes: Readonly<Record<RequestOutcome, { inc(): void }>>;
}

/** Requests by client and operation. Labels are names from the configuration and the registry; any other is `unknown` or `other`. */
export class RequestMetrics {
  readonly #requests;
  readonly #errors;
  readonly #duration;
  readonly #overhead;
  readonly #cost;
  readonly #byClient = new Map<string, Map<string, OperationCounters>>();

  constructor(metrics: Metrics) {
    const labels = ['client', 'operation'] as const;
    this.#requests = metrics.counter('facet_requests_total', 'Requests by how they ended.', [...labels, 'outcome']);
    this.#errors = metrics.counter('facet_request_errors_total', 'Requests whose answer has an error of this code.', [
      ...labels,
      'code',
    ]);
    this.#duration = metrics.histogram(
      'facet_request_seconds',
      'Time from a request’s arrival to its answer.',
      labels,
      durations,
    );
    this.#overhead = metrics.histogram(
      'facet_request_overhead_seconds',
      'The part of a request’s time in which no service was waited for: the gateway’s own.',
      [],
      overheads,
    );
    this.#cost = metrics.counter(
      'facet_request_cost_total',
      'Estimated cost units of the operations that ran.',
      labels,
    );
  }

  count({ client, operation, outcome, codes, cost, startedAt, endedAt, facts }: RequestSummary): void {
    const counters = this.#countersOf(client, operation);
    const ms = endedAt - startedAt;
    counters.outcomes[outcome].inc();
    counters.duration.observe(ms / 1_000);
    this.#overhead.observe(Math.max(0, ms - facts.upstreamMs) / 1_000);
    if (cost > 0) counters.cost.inc(cost);
    for (const code of codes) this.#errors.inc({ client, operation, code });
  }

  #countersOf(client: string, operation: string): OperationCounters {
    let operations = this.#byClient.get(client);
    if (!operations) this.#byClient.set(client, (operations = new Map()));
    let counters = operations.get(operation);
    if (!counters) operations.set(operation, (counters = this.#bind(client, operation)));
    return counters;
  }

  #bind(client: string, operation: string): OperationCounters {
    const outcomes = Object.fromEntries(
      requestOutcomes.map((outcome) => [outcome, this.#requests.labels(client, operation, outcome)]),
    ) as unknown as OperationCounters['outcomes'];
    return {
      outcomes,
      duration: this.#duration.labels(client, operation),
      cost: this.#cost.labels(client, operation),
    };
  }
}
