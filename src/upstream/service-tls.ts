import type { UpstreamServiceConfig } from '../config/sections/upstreams.ts';
import { UnusableFiles } from '../lib/watched-files.ts';
import { type TlsMaterial as Files, WatchedTls } from '../lib/watched-tls.ts';
import type { CertificateExpiry } from '../telemetry/certificate-expiry.ts';
import type { Logger } from '../telemetry/logger.ts';

/** What a connection to a service is made with. */
export interface TlsMaterial extends Files {
  readonly servername?: string;
}

export interface ServiceTlsParts {
  readonly log: Logger;
  /** Milliseconds between looks at the files. */
  readonly watchMs: () => number;
  /** Told when the certificate that the gateway shows ends. */
  readonly expiry?: CertificateExpiry | undefined;
  /** There is new material: connections should be made anew. */
  readonly onChange: () => void;
}

/** Authorities, certificate and key towards one service, which follow their files. */
export class ServiceTls {
  readonly #service: string;
  readonly #name: Pick<TlsMaterial, 'servername'>;
  readonly #expiry: CertificateExpiry | undefined;
  readonly #watched: WatchedTls;

  /** Throws when a file cannot be read or used. */
  constructor(
    service: string,
    config: UpstreamServiceConfig['tls'],
    { log, watchMs, expiry, onChange }: ServiceTlsParts,
  ) {
    const facts = { 'facet.service': service };
    this.#service = service;
    this.#name = config.serverName === undefined ? {} : { servername: config.serverName };
    this.#expiry = expiry;
    try {
      this.#watched = new WatchedTls(config, {
        intervalMs: watchMs,
        onRefusal: (reason) =>
          log.warn(
            { 'event.action': 'upstream.certificate.refused', 'event.reason': reason, ...facts },
            'new TLS files cannot be used; the old stay',
          ),
        onChange: () => {
          log.info(
            { 'event.action': 'upstream.certificate.changed', ...facts },
            'new connections use the new TLS files',
          );
          this.#told();
          onChange();
        },
      });
    } catch (cause) {
      throw new UnusableFiles(`upstreams.${service}.tls cannot be used: ${(cause as Error).message}`, { cause });
    }
    this.#told();
  }

  get material(): TlsMaterial {
    return { ...this.#watched.material, ...this.#name };
  }

  close(): void {
    this.#watched.close();
  }

  #told(): void {
    const { cert } = this.#watched.material;
    if (cert) this.#expiry?.shows(`upstream:${this.#service}`, String(cert));
  }
}
