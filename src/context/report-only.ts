import type { GatewayError } from '../errors/gateway-error.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';

/** The decisions that can run in report mode; the names of the configuration's `enforcement` keys. */
export type Decision = 'authentication' | 'authorization' | 'operations' | 'limits';

export interface DecisionSetting {
  readonly mode: 'enforce' | 'report';
  /** RFC 3339 instant after which `report` is `enforce` again. */
  readonly until?: string | undefined;
}

/**
 * Lets a decision run on real traffic before it bites. Make one a process, from `config.enforcement`; whoever decides takes the
 * gate of its decision and, instead of throwing a refusal, hands it over:
 *
 *     const gate = reportOnly.gate('authorization');
 *     if (!allowed) gate.refuse(new GatewayError('FORBIDDEN', { context: { reason: 'scope' } }), context);
 *     // still here: report mode, the request goes on
 *
 * In report mode the refusal is logged at `warn` and counted in `facet_reported_refusals_total` by decision, code and
 * `context.reason` (which must come from a bounded set). Reported refusals are no gateway rejections: alerts don't see them.
 */
export class ReportOnly {
  readonly #clock: Clock;
  readonly #settings: Readonly<Record<Decision, DecisionSetting>>;
  readonly #reported;

  constructor(settings: Readonly<Record<Decision, DecisionSetting>>, parts: { clock: Clock; metrics: Metrics }) {
    this.#settings = settings;
    this.#clock = parts.clock;
    this.#reported = parts.metrics.counter(
      'facet_reported_refusals_total',
      'Requests that passed only because a decision runs in report mode, by decision, code and reason.',
      ['decision', 'code', 'reason'],
    );
  }

  gate(decision: Decision): Gate {
    const { mode, until } = this.#settings[decision];
    const endsAtMs = mode === 'enforce' ? -Infinity : until === undefined ? Infinity : Date.parse(until);
    return {
      enforces: () => this.#clock.now() >= endsAtMs,
      refuse: (error, context) => {
        if (this.#clock.now() >= endsAtMs) throw error;
        const reason = error.context?.['reason'];
        this.#reported.inc({ decision, code: error.code, reason: typeof reason === 'string' ? reason : '' });
        context.log.warn(
          {
            'event.action': 'reported',
            'event.reason': reason,
            'error.code': error.code,
            'facet.decision': decision,
            'facet.context': error.context,
          },
          'report mode: this request would have been refused',
        );
      },
    };
  }
}

/** One decision's way to refuse. */
export interface Gate {
  /** True while a refusal is thrown. */
  enforces(): boolean;
  /** Throws the refusal, or in report mode logs and counts it and returns. */
  refuse(error: GatewayError, context: { readonly log: Logger }): void;
}
