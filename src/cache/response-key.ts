import type { Locale } from '../context/resolver-context.ts';
import type { Principal } from '../context/principal.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { sha256Hex } from '../lib/digest.ts';
import { callerKey } from './cache-key.ts';

export interface ResponseKeyParts {
  /** Digest of the client's schema and release: an older process's answers don't fit. */
  readonly schemaHash: string;
  readonly documentId: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  readonly principal: Principal;
  /** As resolved, not as sent. */
  readonly locale: Locale;
  /** What else shapes the bytes: the media type, explain mode. */
  readonly form: string;
}

/**
 * One digest over everything an answer depends on. Nothing is left out because it "cannot matter": planner caches keyed by less have
 * run another operation, and token caches keyed by less have served another user.
 */
export function responseKey(parts: ResponseKeyParts): string {
  const { schemaHash, documentId, operationName = null, variables = {}, principal, locale, form } = parts;
  return sha256Hex(
    canonicalJson([
      schemaHash,
      documentId,
      operationName,
      variables,
      callerKey(principal),
      locale.language,
      locale.timeZone,
      form,
    ]),
  );
}
