import type { Locale } from '../context/resolver-context.ts';
import type { Principal } from '../context/principal.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { sha256Hex } from '../lib/digest.ts';
import { jsonText } from '../lib/json-text.ts';
import { callerKey } from './cache-key.ts';

export interface ResponseKeyParts {
  /** Digest of the client's schema and release: an older process's answers don't fit. */
  readonly schemaHash: string;
  /** `sha256:<hex>`. */
  readonly documentId: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  readonly principal: Principal;
  /** As resolved, not as sent. */
  readonly locale: Locale;
  /** What else shapes the answer: each a text. */
  readonly form: readonly string[];
}

/** Characters of variables that stand in a key as they are; of more their digest does. A key takes as much memory as it is long. */
const maxPlainVariables = 512;

/**
 * Everything an answer depends on, as one text. Nothing is left out because it "cannot matter": planner caches keyed by less have run
 * another operation, and token caches keyed by less have served another user. Digests have no space, every other part
 * is JSON, so that no two sets of parts make one key. It stays in this process, so it needs no digest of its own.
 */
export function responseKey(parts: ResponseKeyParts): string {
  const { schemaHash, documentId, operationName, principal, locale, form } = parts;
  let key = `${schemaHash} ${documentId} ${callerKey(principal)} ${localeKey(locale)}`;
  for (const part of form) key += jsonText(part);
  return `${key}${operationName === undefined ? 'null' : jsonText(operationName)}${variablesKey(parts.variables)}`;
}

function localeKey({ language, textLanguage, timeZone }: Locale): string {
  return `${jsonText(language)}${jsonText(textLanguage ?? '')}${jsonText(timeZone)}`;
}

function variablesKey(variables: ResponseKeyParts['variables']): string {
  if (variables === undefined) return '{}';
  const text = canonicalJson(variables);
  return text.length > maxPlainVariables ? sha256Hex(text) : text;
}
