import { X509Certificate } from 'node:crypto';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';

const dayMs = 86_400_000;
const warnBeforeMs = 14 * dayMs;
const lookMs = 3_600_000;

interface Shown {
  readonly endsAt: number;
  /** Epoch milliseconds of the last warning. */
  warnedAt: number;
}

/** Tells when the certificates that this process shows end: a metric always, and a warning each day of the last fourteen. */
export class CertificateExpiry {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #gauge;
  readonly #shown = new Map<string, Shown>();
  readonly #timer: NodeJS.Timeout;

  constructor({ clock, metrics, log }: { clock: Clock; metrics: Metrics; log: Logger }) {
    this.#clock = clock;
    this.#log = log;
    this.#gauge = metrics.gauge(
      'facet_certificate_expiry_timestamp_seconds',
      'When a certificate that this process shows ends, the earliest of its chain.',
      ['certificate'],
    );
    this.#timer = setInterval(() => this.evaluate(), lookMs).unref();
  }

  /** `name`: `listener`, `redis`, or `upstream:` and the service. `pem`: the certificate and its chain. */
  shows(name: string, pem: string): void {
    const endsAt = endOf(pem);
    this.#gauge.set({ certificate: name }, endsAt / 1_000);
    this.#shown.set(name, { endsAt, warnedAt: -Infinity });
    this.evaluate();
  }

  /** Looks whether something ends soon; called each hour. */
  evaluate(): void {
    const now = this.#clock.now();
    for (const [certificate, shown] of this.#shown) {
      const leftMs = shown.endsAt - now;
      if (leftMs > warnBeforeMs || now - shown.warnedAt < dayMs) continue;
      shown.warnedAt = now;
      const facts = {
        'event.action': 'certificate.expiring',
        'facet.certificate': certificate,
        'facet.ends_at': new Date(shown.endsAt).toISOString(),
      };
      if (leftMs > 0) this.#log.warn(facts, `a certificate ends in ${Math.floor(leftMs / dayMs)} days`);
      else this.#log.error(facts, 'a certificate has ended');
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }
}

/** Epoch milliseconds at which the first certificate of a chain ends. Throws for text without one. */
export function endOf(pem: string): number {
  const certificates = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  if (!certificates) throw new Error('there is no certificate in it');
  return Math.min(...certificates.map((one) => new X509Certificate(one).validToDate.getTime()));
}
