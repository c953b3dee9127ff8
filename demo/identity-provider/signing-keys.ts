import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

/** A private RSA key and, once another took over, when it leaves the published set. */
interface SigningKey {
  readonly jwk: JWK;
  readonly withdrawAtMs?: number;
}

interface KeyFile {
  readonly cookieSecret: string;
  /** The newest first: the provider signs with the first that fits. */
  readonly keys: readonly SigningKey[];
}

/**
 * The provider's RS256 keys, kept in one file so that tokens outlive a restart. Only the newest signs; older ones are
 * published until they are withdrawn.
 */
export class SigningKeys {
  readonly #path: string;
  #file: KeyFile;

  private constructor(path: string, file: KeyFile) {
    this.#path = path;
    this.#file = file;
  }

  /** Reads the file, or makes it with a first key. */
  static async load(path: string): Promise<SigningKeys> {
    const stored = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (stored !== undefined) return new SigningKeys(path, JSON.parse(stored) as KeyFile);
    const keys = new SigningKeys(path, { cookieSecret: randomBytes(32).toString('base64url'), keys: [] });
    await keys.rotate(undefined);
    return keys;
  }

  get cookieSecret(): string {
    return this.#file.cookieSecret;
  }

  /** The private keys still to publish at this time, newest first. */
  published(nowMs: number): JWK[] {
    return this.#file.keys.filter((key) => (key.withdrawAtMs ?? Infinity) > nowMs).map((key) => key.jwk);
  }

  /** When the next key leaves the published set; undefined when none is due. */
  nextWithdrawalMs(nowMs: number): number | undefined {
    const due = this.#file.keys.map((key) => key.withdrawAtMs ?? Infinity).filter((atMs) => atMs > nowMs);
    const next = Math.min(...due);
    return next === Infinity ? undefined : next;
  }

  /**
   * Puts a new key first.
   * @param withdrawOldAtMs when all others leave the published set; undefined leaves them there.
   */
  async rotate(withdrawOldAtMs: number | undefined): Promise<void> {
    const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
    const kid = randomBytes(9).toString('base64url');
    const jwk: JWK = { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' };
    const older = this.#file.keys.map((key) => {
      const withdrawAtMs = Math.min(key.withdrawAtMs ?? Infinity, withdrawOldAtMs ?? Infinity);
      return withdrawAtMs === Infinity ? key : { ...key, withdrawAtMs };
    });
    this.#file = { ...this.#file, keys: [{ jwk }, ...older] };
    await this.#save();
  }

  /** Private keys: readable by their owner only, and never half-written. */
  async #save(): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    const next = `${this.#path}.next`;
    await writeFile(next, JSON.stringify(this.#file), { mode: 0o600 });
    await chmod(next, 0o600);
    await rename(next, this.#path);
  }
}
