import { LRUCache } from 'lru-cache';
import type { OperationsConfig } from '../config/sections/operations.ts';
import type { Gate } from '../context/report-only.ts';
import type { Decoded, GraphQLParams } from '../context/request-context.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import { sha256Hex } from '../lib/digest.ts';
import { digestOfId } from './document-id.ts';
import type { ManifestEntry } from './registry/manifest.ts';

/** The document that a request asks for. */
export interface WantedDocument {
  /** SHA-256 of the text, hex. */
  readonly digest: string;
  readonly text: string;
  readonly registered: boolean;
}

export interface DocumentFinderOptions {
  /** The client's published operations. */
  readonly operations: readonly ManifestEntry[];
  /** `trusted`: nothing but registered operations runs, and clients must name themselves. */
  readonly mode: 'any' | 'trusted';
  /** Whether a client may have its documents remembered by sending hash and text (Apollo's automatic persisted queries). */
  readonly automatic: boolean;
  /** Refuses, or in a trial run only reports. */
  readonly gate: Gate;
}

/** Characters of automatically remembered documents kept in all. */
const maxAutomaticCharacters = 4_000_000;

/** Characters of texts whose digests are remembered. */
const maxDigestedCharacters = 1_000_000;

/**
 * The first step of preparing: from parameters to a document. One look-up by digest, however many operations are registered.
 *
 * | sent | answer |
 * |---|---|
 * | text | runs; in trusted mode only if its digest is registered |
 * | `documentId` or Apollo's `persistedQuery` hash | runs if registered or, in development, remembered |
 * | both | runs if they belong together |
 *
 * Throws `BAD_REQUEST`, `PERSISTED_DOCUMENT_NOT_FOUND`, or `PERSISTED_QUERY_NOT_FOUND` where a client may then send the text along.
 */
export function createDocumentFinder({ operations, mode, automatic, gate }: DocumentFinderOptions) {
  const registered = new Map<string, WantedDocument>();
  for (const { id, name, version, body } of operations) {
    const digest = sha256Hex(body);
    if (digestOfId(id) !== digest)
      throw new Error(`The published text of ${name} of ${version} is not what its id says.`);
    registered.set(digest, Object.freeze({ digest, text: body, registered: true }));
  }
  const remembered = new LRUCache<string, WantedDocument>({
    maxSize: maxAutomaticCharacters,
    sizeCalculation: ({ text }) => text.length + 64,
  });
  const digests = new LRUCache<string, string>({
    maxSize: maxDigestedCharacters,
    sizeCalculation: (_digest, text) => text.length + 64,
  });

  /** Clients send the same texts again and again: finding one costs a quarter of hashing it. */
  function digestOf(text: string): string {
    let digest = digests.get(text);
    if (digest === undefined) digests.set(text, (digest = sha256Hex(text)));
    return digest;
  }

  return function findDocument(context: Pick<Decoded, 'params' | 'client' | 'log'>): WantedDocument {
    const { params, client } = context;
    if (mode === 'trusted' && !client.isIdentified) gate.refuse(unidentified(), context);
    const hash = automaticHashOf(params);
    const digest = agreedDigest(params.documentId, hash);
    if (params.query === undefined) {
      if (digest === undefined) {
        if (params.documentId !== undefined) throw new GatewayError('PERSISTED_DOCUMENT_NOT_FOUND');
        throw bad('Send a query or a documentId.');
      }
      const found = registered.get(digest) ?? remembered.get(digest);
      if (found) return found;
      throw new GatewayError(
        automatic && hash !== undefined ? 'PERSISTED_QUERY_NOT_FOUND' : 'PERSISTED_DOCUMENT_NOT_FOUND',
      );
    }
    const own = digestOf(params.query);
    if ((params.documentId !== undefined || hash !== undefined) && digest !== own)
      throw bad('The document id is not the digest of the query that came with it.');
    const found = registered.get(own);
    if (found) return found;
    if (mode === 'trusted')
      gate.refuse(
        new GatewayError('PERSISTED_DOCUMENT_NOT_FOUND', { context: { reason: 'unregistered_text' } }),
        context,
      );
    const wanted: WantedDocument = { digest: own, text: params.query, registered: false };
    if (automatic && hash !== undefined) remembered.set(own, wanted);
    return wanted;
  };
}

export type FindDocument = ReturnType<typeof createDocumentFinder>;

/** `extensions.persistedQuery` as Apollo's clients send it: `{ version: 1, sha256Hash }`. */
function automaticHashOf({ extensions }: GraphQLParams): string | undefined {
  const sent = extensions?.['persistedQuery'];
  if (sent === undefined || sent === null) return undefined;
  const { version, sha256Hash } = sent as Record<string, unknown>;
  const digest = typeof sha256Hash === 'string' ? digestOfId(sha256Hash) : undefined;
  if (version !== 1 || digest === undefined)
    throw bad('extensions.persistedQuery must have version 1 and a sha256Hash of 64 hex digits.');
  return digest;
}

/** One digest from whatever ids were sent. */
function agreedDigest(documentId: string | undefined, hash: string | undefined): string | undefined {
  const digest = documentId === undefined ? undefined : digestOfId(documentId);
  if (hash === undefined) return digest;
  if (documentId !== undefined && digest !== hash)
    throw bad('documentId and extensions.persistedQuery name different documents.');
  return hash;
}

function unidentified(): GatewayError {
  return new GatewayError('BAD_REQUEST', {
    publicMessage: 'Say which app asks: send the headers with its name and version.',
    context: { reason: 'unidentified_client' },
  });
}

function bad(publicMessage: string): GatewayError {
  return new GatewayError('BAD_REQUEST', { publicMessage });
}

/** What the configuration says of one client process's documents. Nothing is remembered in production. */
export function documentPolicy(
  config: { readonly mode: string; readonly operations: OperationsConfig },
  profile: string,
): Pick<DocumentFinderOptions, 'mode' | 'automatic'> {
  const mode = config.operations.profiles[profile]?.mode ?? config.operations.mode;
  return { mode, automatic: mode === 'any' && config.mode !== 'production' };
}
