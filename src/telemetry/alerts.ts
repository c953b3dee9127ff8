import { hostname } from 'node:os';
import type { AlertsConfig } from '../config/sections/alerts.ts';
import type { Clock } from '../lib/clock.ts';
import { AlertWebhook } from './alert-webhook.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import { RejectionRate } from './rejection-rate.ts';

export interface AlertsParts {
  readonly config: AlertsConfig;
  /** Name of this process's profile. */
  readonly profile: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** How a request ended, as the access log has it. */
export interface FinishedRequest {
  readonly status: number;
  readonly codes: readonly string[];
}

const evaluateMs = 1_000;

/**
 * Watches how many requests this gateway itself turns away, and tells people once when it is too many and once when it is over.
 * Give it every finished request; what only a trial run would have refused ends with another status and doesn't count.
 */
export class Alerts {
  readonly #parts: AlertsParts;
  readonly #rate: RejectionRate;
  readonly #webhook: AlertWebhook | undefined;
  readonly #source: string;
  readonly #active;
  readonly #timer: NodeJS.Timeout;

  constructor(parts: AlertsParts) {
    const { config, metrics, logger } = parts;
    this.#parts = parts;
    this.#rate = new RejectionRate(config.rejections);
    this.#source = config.source ?? hostname();
    this.#active = metrics.gauge('facet_rejection_alert_active', '1 while the alert on rejections is open');
    this.#active.set(0);
    const deliveries = metrics.counter('facet_alert_deliveries_total', 'Attempts to deliver an alert', ['outcome']);
    if (config.webhookUrl)
      this.#webhook = new AlertWebhook(config, config.webhookUrl, logger, (outcome) => deliveries.inc({ outcome }));
    this.#timer = setInterval(() => this.evaluate(), evaluateMs).unref();
  }

  /** Is the alert on rejections open now? */
  get isOpen(): boolean {
    return this.#rate.isOpen;
  }

  /** Counts a request that has been answered. */
  finished(request: FinishedRequest): void {
    this.count(1, isRejection(request) ? 1 : 0);
  }

  /** Counts requests that were answered now, so many of them with a rejection. */
  count(requests: number, rejections: number): void {
    this.#rate.count(requests, rejections, this.#parts.clock.monotonic());
  }

  /** Looks whether the alert opens or closes; called every second. */
  evaluate(): void {
    const now = this.#parts.clock.monotonic();
    const action = this.#rate.evaluate(now);
    if (!action) return;
    const { requests, rejections, percent } = this.#rate.window(now);
    const { profile, config, clock, logger } = this.#parts;
    const { windowSeconds, abovePercent, belowPercent } = config.rejections;
    const opened = action === 'trigger';
    this.#active.set(opened ? 1 : 0);
    const shown = Math.round(percent * 10) / 10;
    const summary = opened
      ? `The gateway for ${profile} rejects ${shown} % of requests (${rejections} of ${requests} in ${windowSeconds} s, alert above ${abovePercent} %)`
      : `The gateway for ${profile} has rejected less than ${belowPercent} % of requests for ${2 * windowSeconds} s`;
    logger[opened ? 'error' : 'info'](
      {
        'event.action': `alert.${action}`,
        'facet.requests': requests,
        'facet.rejections': rejections,
        'facet.percent': shown,
      },
      summary,
    );
    this.#webhook?.send({
      event_action: action,
      dedup_key: `facet/${profile}/${this.#source}/gateway-rejections`,
      client: 'Facet',
      payload: {
        summary,
        source: this.#source,
        severity: 'error',
        timestamp: new Date(clock.now()).toISOString(),
        component: profile,
        group: 'facet',
        class: 'gateway-rejections',
        custom_details: { requests, rejections, percent: shown, windowSeconds },
      },
    });
  }

  close(): void {
    clearInterval(this.#timer);
    this.#webhook?.close();
  }
}

/** Turned away by the gateway itself: not known, not allowed, too often, or shed. A service's failure is none. */
export function isRejection({ status, codes }: FinishedRequest): boolean {
  if (status === 401 || status === 403 || status === 429) return true;
  return status === 503 && codes.includes('OVERLOADED');
}
