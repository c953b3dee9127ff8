import type { RedisConfig } from '../config/sections/redis.ts';
import { UnusableFiles } from '../lib/watched-files.ts';
import { type TlsMaterial, WatchedTls } from '../lib/watched-tls.ts';
import type { CertificateExpiry } from '../telemetry/certificate-expiry.ts';
import type { Logger } from '../telemetry/logger.ts';

export interface RedisTlsParts {
  readonly logger: Logger;
  /** Milliseconds between looks at the files. Default 5 000. */
  readonly watchMs?: (() => number) | undefined;
  /** Told when our own certificate ends. */
  readonly expiry?: CertificateExpiry | undefined;
}

/** Authorities, certificate and key towards Redis, which follow their files: the connection that stands goes on, the next one uses what is new. */
export class RedisTls {
  readonly #name: { readonly servername?: string };
  readonly #expiry: CertificateExpiry | undefined;
  readonly #watched: WatchedTls;

  /** Throws when a file cannot be read or used. */
  constructor({ caFile, certFile, keyFile, serverName }: RedisConfig['tls'], parts: RedisTlsParts) {
    const { logger, watchMs = () => 5_000, expiry } = parts;
    this.#name = serverName === undefined ? {} : { servername: serverName };
    this.#expiry = expiry;
    try {
      this.#watched = new WatchedTls(
        { caFile, certificateFile: certFile, keyFile },
        {
          intervalMs: watchMs,
          onRefusal: (reason) =>
            logger.warn(
              { 'event.action': 'redis.certificate.refused', 'event.reason': reason },
              'new TLS files cannot be used; the old stay',
            ),
          onChange: () => {
            logger.info({ 'event.action': 'redis.certificate.changed' }, 'the next connection uses the new TLS files');
            this.#told();
          },
        },
      );
    } catch (cause) {
      throw new UnusableFiles(`redis.tls cannot be used: ${(cause as Error).message}`, { cause });
    }
    this.#told();
  }

  /** What a connection that is made now should use. */
  get options(): TlsMaterial & { readonly servername?: string } {
    return { ...this.#watched.material, ...this.#name };
  }

  close(): void {
    this.#watched.close();
  }

  #told(): void {
    const { cert } = this.#watched.material;
    if (cert) this.#expiry?.shows('redis', String(cert));
  }
}
