import { createSecureContext } from 'node:tls';
import { WatchedFiles } from './watched-files.ts';

/** PEM files of one side of a connection; absent ones are not used. */
export interface TlsFiles {
  readonly caFile?: string | undefined;
  readonly certificateFile?: string | undefined;
  readonly keyFile?: string | undefined;
}

/** What stands in them. */
export interface TlsMaterial {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
}

export interface WatchedTlsParts {
  /** Milliseconds from one look at the files to the next. */
  readonly intervalMs: () => number;
  /** There is new material. */
  readonly onChange: (material: TlsMaterial) => void;
  /** The files changed and cannot be used, in OpenSSL's words: what was read before stays. */
  readonly onRefusal: (reason: string) => void;
}

/**
 * Authorities, certificate and key for connections that we make, read again when their files change. What cannot be used (one half of
 * a pair replaced, the other not yet) is left alone until it can.
 */
export class WatchedTls {
  readonly #files: TlsFiles;
  readonly #parts: WatchedTlsParts;
  readonly #watched: WatchedFiles;
  #material: TlsMaterial;

  /** Throws when a file cannot be read or used. */
  constructor(files: TlsFiles, parts: WatchedTlsParts) {
    this.#files = files;
    this.#parts = parts;
    const paths = [files.caFile, files.certificateFile, files.keyFile].filter((path) => path !== undefined);
    this.#watched = new WatchedFiles(paths, parts.intervalMs, () => this.#adopt());
    try {
      this.#material = this.#read();
    } catch (error) {
      this.#watched.close();
      throw error;
    }
  }

  get material(): TlsMaterial {
    return this.#material;
  }

  close(): void {
    this.#watched.close();
  }

  #adopt(): void {
    try {
      this.#material = this.#read();
    } catch (error) {
      this.#parts.onRefusal(error instanceof Error ? error.message : 'unreadable');
      return;
    }
    this.#parts.onChange(this.#material);
  }

  #read(): TlsMaterial {
    const { caFile, certificateFile, keyFile } = this.#files;
    const contents = [...this.#watched.contents];
    const material = {
      ...(caFile && { ca: contents.shift() as Buffer }),
      ...(certificateFile && { cert: contents.shift() as Buffer }),
      ...(keyFile && { key: contents.shift() as Buffer }),
    };
    // Throws where they do not belong together; otherwise only the next connection would notice.
    createSecureContext(material);
    return material;
  }
}
