import { createSecureContext } from 'node:tls';
import type { UpstreamServiceConfig } from '../config/sections/upstreams.ts';
import { WatchedFiles } from '../lib/watched-files.ts';
import type { CertificateExpiry } from '../telemetry/certificate-expiry.ts';
import type { Logger } from '../telemetry/logger.ts';

/** What a connection to a service is made with. */
export interface TlsMaterial {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
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

/**
 * Authorities, certificate and key towards one service, read again when their files change. What cannot be used (one half of a pair
 * replaced, the other not yet) is left alone until it can.
 */
export class ServiceTls {
  readonly #service: string;
  readonly #config: UpstreamServiceConfig['tls'];
  readonly #parts: ServiceTlsParts;
  readonly #files: WatchedFiles;
  #material: TlsMaterial;

  /** Throws when a file cannot be read or used. */
  constructor(service: string, config: UpstreamServiceConfig['tls'], parts: ServiceTlsParts) {
    this.#service = service;
    this.#config = config;
    this.#parts = parts;
    const paths = [config.caFile, config.certificateFile, config.keyFile].filter((path) => path !== undefined);
    this.#files = new WatchedFiles(paths, parts.watchMs, () => this.#adopt());
    try {
      this.#material = this.#read();
    } catch (cause) {
      this.#files.close();
      throw new Error(`upstreams.${service}.tls cannot be used: ${(cause as Error).message}`, { cause });
    }
    this.#told();
  }

  get material(): TlsMaterial {
    return this.#material;
  }

  close(): void {
    this.#files.close();
  }

  #adopt(): void {
    const { log, onChange } = this.#parts;
    const facts = { 'facet.service': this.#service };
    try {
      this.#material = this.#read();
    } catch (error) {
      const reason = (error as Error).message;
      log.warn(
        { 'event.action': 'upstream.certificate.refused', 'event.reason': reason, ...facts },
        'new TLS files cannot be used; the old stay',
      );
      return;
    }
    log.info({ 'event.action': 'upstream.certificate.changed', ...facts }, 'new connections use the new TLS files');
    this.#told();
    onChange();
  }

  #read(): TlsMaterial {
    const { caFile, certificateFile, keyFile, serverName } = this.#config;
    const contents = [...this.#files.contents];
    const material = {
      ...(caFile && { ca: contents.shift() as Buffer }),
      ...(certificateFile && { cert: contents.shift() as Buffer }),
      ...(keyFile && { key: contents.shift() as Buffer }),
    };
    // Throws where they do not belong together; otherwise only the next connection would notice.
    createSecureContext(material);
    return { ...material, ...(serverName && { servername: serverName }) };
  }

  #told(): void {
    const { cert } = this.#material;
    if (cert) this.#parts.expiry?.shows(`upstream:${this.#service}`, String(cert));
  }
}
