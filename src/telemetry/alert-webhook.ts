import type { AlertsConfig } from '../config/sections/alerts.ts';
import { boundedFetch } from '../lib/bounded-fetch.ts';
import type { Logger } from './logger.ts';

/** PagerDuty Events API v2, "Send an alert event". `payload` is needed to trigger and optional to resolve. */
export interface AlertEvent {
  readonly event_action: 'trigger' | 'resolve';
  /** The same for all events of one incident. */
  readonly dedup_key: string;
  readonly client: string;
  readonly payload: {
    readonly summary: string;
    readonly source: string;
    readonly severity: 'critical' | 'error' | 'warning' | 'info';
    /** RFC 3339. */
    readonly timestamp: string;
    readonly component: string;
    readonly group: string;
    readonly class: string;
    readonly custom_details: Readonly<Record<string, unknown>>;
  };
}

const maxDelayMs = 60_000;
/** Events that wait while the receiver is down; older ones are dropped, as newer ones tell the present state. */
const maxWaiting = 16;
const maxAnswerBytes = 65_536;

/**
 * Delivers events in their order, one at a time, in the background, until the receiver takes them. A receiver that refuses one for
 * good (4xx but 408 and 429) won't take it a second time either: that one is dropped and logged.
 */
export class AlertWebhook {
  readonly #config: AlertsConfig;
  readonly #url: string;
  readonly #logger: Logger;
  readonly #onDelivery: (outcome: 'delivered' | 'failed' | 'refused') => void;
  readonly #waiting: AlertEvent[] = [];
  #failures = 0;
  #sending = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(
    config: AlertsConfig,
    url: string,
    logger: Logger,
    onDelivery: (outcome: 'delivered' | 'failed' | 'refused') => void,
  ) {
    this.#config = config;
    this.#url = url;
    this.#logger = logger;
    this.#onDelivery = onDelivery;
  }

  send(event: AlertEvent): void {
    this.#waiting.push(event);
    if (this.#waiting.length > maxWaiting) this.#waiting.shift();
    void this.#deliver();
  }

  /** Stops retrying; what waits is not sent any more. */
  close(): void {
    clearTimeout(this.#retry);
    this.#waiting.length = 0;
  }

  async #deliver(): Promise<void> {
    const [event] = this.#waiting;
    if (!event || this.#sending || this.#retry) return;
    this.#sending = true;
    const outcome = await this.#post(event);
    this.#sending = false;
    this.#onDelivery(outcome);
    if (outcome === 'failed') {
      if (this.#failures++ === 0)
        this.#logger.warn({ 'event.action': 'alert.undelivered' }, 'the alert receiver does not answer');
      const delayMs = Math.min(maxDelayMs, this.#config.retryMs * 2 ** (this.#failures - 1));
      this.#retry = setTimeout(
        () => {
          this.#retry = undefined;
          void this.#deliver();
        },
        delayMs * (0.8 + Math.random() * 0.4),
      ).unref();
      return;
    }
    this.#failures = 0;
    if (this.#waiting[0] === event) this.#waiting.shift();
    void this.#deliver();
  }

  async #post(event: AlertEvent): Promise<'delivered' | 'failed' | 'refused'> {
    try {
      const { status } = await boundedFetch(this.#url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ routing_key: this.#config.routingKey, ...event }),
        timeoutMs: this.#config.timeoutMs,
        maxBytes: maxAnswerBytes,
      });
      if (status < 300) return 'delivered';
      if (status >= 500 || status === 408 || status === 429) return 'failed';
      this.#logger.error(
        { 'event.action': 'alert.refused', 'http.response.status_code': status },
        'the alert receiver refused an alert',
      );
      return 'refused';
    } catch {
      return 'failed';
    }
  }
}
