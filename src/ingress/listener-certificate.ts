import { createSecureContext, type SecureContextOptions, type Server } from 'node:tls';
import type { ListenerTlsConfig } from '../config/sections/tls.ts';
import type { Clock } from '../lib/clock.ts';
import { UnusableFiles, WatchedFiles } from '../lib/watched-files.ts';
import type { CertificateExpiry } from '../telemetry/certificate-expiry.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { AcmeCertificate } from './acme-certificate.ts';

export interface ListenerCertificateParts {
  readonly config: ListenerTlsConfig;
  readonly watchMs: () => number;
  readonly expiry: CertificateExpiry;
  readonly log: Logger;
}

/**
 * The certificate of a listener, from its files or, where one is configured, from an ACME server first: then it resolves when that has
 * issued one, however long it takes, or to undefined when `signal` ends the wait.
 */
export async function openListenerCertificate(
  parts: ListenerCertificateParts & { readonly clock: Clock; readonly metrics: Metrics; readonly signal: AbortSignal },
): Promise<ListenerCertificate | undefined> {
  const { signal } = parts;
  const { acme, ...config } = parts.config;
  if (!acme) return new ListenerCertificate(parts);
  const renewal = new AcmeCertificate({ ...parts, config: { ...config, acme } });
  signal.addEventListener('abort', () => renewal.close(), { once: true });
  await renewal.start();
  return signal.aborted ? undefined : new ListenerCertificate(parts, renewal);
}

/**
 * The certificate of a listener, read again when its files change: new connections see the new one, those that stand go on. A pair
 * that does not fit (one file replaced, the other not yet) is left alone until it does.
 */
export class ListenerCertificate {
  readonly #parts: ListenerCertificateParts;
  readonly #files: WatchedFiles;
  readonly #renewal: AcmeCertificate | undefined;
  #options: SecureContextOptions;
  #server: Pick<Server, 'setSecureContext'> | undefined;

  /** Throws `UnusableFiles` when they cannot be read or do not fit each other. */
  constructor(parts: ListenerCertificateParts, renewal?: AcmeCertificate) {
    const { certificateFile, keyFile } = parts.config;
    this.#parts = parts;
    this.#renewal = renewal;
    this.#files = new WatchedFiles([certificateFile, keyFile], parts.watchMs, () => this.#adopt());
    try {
      this.#options = this.#read();
    } catch (cause) {
      this.#files.close();
      throw new UnusableFiles(`${certificateFile} and ${keyFile} are no certificate and its key: ${text(cause)}`, {
        cause,
      });
    }
    this.#told();
  }

  /** What a server has to be made with. */
  get options(): SecureContextOptions {
    return this.#options;
  }

  /** The server that has to follow. */
  serve(server: Pick<Server, 'setSecureContext'>): void {
    this.#server = server;
    server.setSecureContext(this.#options);
  }

  close(): void {
    this.#files.close();
    this.#renewal?.close();
  }

  #adopt(): void {
    const { log, config } = this.#parts;
    const { certificateFile } = config;
    try {
      this.#options = this.#read();
    } catch (error) {
      const facts = {
        'event.action': 'certificate.refused',
        'event.reason': text(error),
        'file.path': certificateFile,
      };
      log.warn(facts, 'the new certificate cannot be used; the old one stays');
      return;
    }
    this.#server?.setSecureContext(this.#options);
    log.info(
      { 'event.action': 'certificate.changed', 'file.path': certificateFile },
      'new connections see the new certificate',
    );
    this.#told();
  }

  #read(): SecureContextOptions {
    const [cert, key] = this.#files.contents;
    const options = { cert, key, minVersion: this.#parts.config.minimumVersion };
    // Throws where they do not belong together; a server would only notice with its first connection.
    createSecureContext(options);
    return options;
  }

  #told(): void {
    this.#parts.expiry.shows('listener', String(this.#options.cert));
  }
}

/** OpenSSL's words about a file, never the file's. */
function text(error: unknown): string {
  return error instanceof Error ? error.message : 'unreadable';
}
