import { readVerificationKey, type SignatureAlgorithm, type VerificationKey } from './verification-key.ts';

/** Keys that one issuer may publish at once; more is not a key set but a mistake. */
const maxKeys = 100;

/** The document is no key set that could verify anything. It never replaces a good one. */
export class UnusableKeySet extends Error {
  override readonly name = 'UnusableKeySet';
}

/** The usable keys of one JWKS document (RFC 7517). */
export class KeySet {
  readonly keys: readonly VerificationKey[];

  private constructor(keys: readonly VerificationKey[]) {
    this.keys = keys;
  }

  /**
   * Reads a document, taking over the keys that `previous` has too and ending those that left. Rejects with `UnusableKeySet`,
   * and then `previous` is untouched.
   */
  static async read(document: unknown, allowed: readonly SignatureAlgorithm[], previous?: KeySet): Promise<KeySet> {
    const members = isObject(document) ? document['keys'] : undefined;
    if (!Array.isArray(members)) throw new UnusableKeySet('no list of keys');
    if (members.length > maxKeys) throw new UnusableKeySet(`more than ${maxKeys} keys`);
    const found = (await Promise.all(members.map((jwk) => readVerificationKey(jwk, allowed)))).filter(
      (key) => key !== undefined,
    );
    if (found.length === 0) throw new UnusableKeySet('no usable key');
    const known = new Map(previous?.keys.map((key) => [key.identity, key]));
    const set = new KeySet(found.map((key) => known.get(key.identity) ?? key));
    previous?.end(set);
    return set;
  }

  /** The one key that fits: by `kid` where the token names one, else only if there is no choice. Never a guess. */
  find(kid: string | undefined, algorithm: string): VerificationKey | undefined {
    const fitting = this.keys.filter((key) => (kid === undefined || key.kid === kid) && key.byAlgorithm.has(algorithm));
    return fitting.length === 1 ? fitting[0] : undefined;
  }

  /** Ends every key that `successor` does not have: tokens remembered under them are not believed any more. */
  end(successor?: KeySet): void {
    for (const key of this.keys) if (!successor?.keys.includes(key)) key.live = false;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
