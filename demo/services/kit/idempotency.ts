import { createHash } from 'node:crypto';
import type { Clock } from './clock.ts';
import type { Database } from './database.ts';
import { Problem } from './problem.ts';
import type { Reply } from './reply.ts';
import type { ServiceRequest } from './request.ts';

/** Answers are kept for two days: the contract promises one, and a retry may come late. */
const keptForMs = 48 * 3_600_000;

export const idempotencySchema = `
  CREATE TABLE idempotency (
    scope TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL,
    status INTEGER NOT NULL, headers TEXT NOT NULL, body TEXT, stored_at INTEGER NOT NULL,
    PRIMARY KEY (scope, key)
  ) WITHOUT ROWID;
  CREATE INDEX idempotency_stored_at ON idempotency (stored_at);
`;

/**
 * draft-ietf-httpapi-idempotency-key-header-07: a missing key is 400, one that is still running 409, one used for
 * another request 422; a finished one gets its stored answer again.
 */
export interface IdempotencyStore {
  /** Marks the request's key as running until the returned function is called; 409 when it already is. */
  claim(request: ServiceRequest): () => void;
  /**
   * Runs `work` and keeps its answer, both in one transaction, or replays the answer of the first time. Work that throws
   * leaves neither effect nor answer, so 5xx are never stored and the same key may be tried again.
   */
  run(request: ServiceRequest, work: () => Reply): Reply;
}

export function createIdempotencyStore(database: Database, clock: Clock): IdempotencyStore {
  const running = new Set<string>();
  database.sql('DELETE FROM idempotency WHERE stored_at < ?').run(clock.now() - keptForMs);

  return {
    claim(request) {
      const id = `${scopeOf(request)}\n${keyOf(request)}`;
      if (running.has(id)) {
        throw new Problem(
          409,
          'idempotency_in_progress',
          'The first request with this Idempotency-Key is still running.',
          {
            headers: { 'Retry-After': '1' },
            members: { retry_after_seconds: 1 },
          },
        );
      }
      running.add(id);
      return () => running.delete(id);
    },

    run(request, work) {
      const scope = scopeOf(request);
      const key = keyOf(request);
      const fingerprint = fingerprintOf(request);
      return database.transaction(() => {
        const stored = database
          .sql('SELECT fingerprint, status, headers, body FROM idempotency WHERE scope = ? AND key = ?')
          .get(scope, key);
        if (stored !== undefined) {
          if (stored['fingerprint'] !== fingerprint) {
            throw new Problem(422, 'idempotency_key_reused', 'This Idempotency-Key was used for a different request.');
          }
          return {
            status: Number(stored['status']),
            headers: { ...JSON.parse(String(stored['headers'])), 'Idempotency-Replayed': 'true' },
            ...(stored['body'] !== null && { body: String(stored['body']) }),
          };
        }
        const reply = work();
        const headers = { 'Content-Type': 'application/json', ...reply.headers };
        const body = reply.body === undefined ? null : JSON.stringify(reply.body);
        database
          .sql('INSERT INTO idempotency VALUES (?, ?, ?, ?, ?, ?, ?)')
          .run(scope, key, fingerprint, reply.status, JSON.stringify(headers), body, clock.now());
        return reply;
      });
    },
  };
}

/** Keys belong to their caller: two people who pick the same one never meet. */
function scopeOf(request: ServiceRequest): string {
  return request.caller.userId ?? request.caller.role;
}

const keyPattern = /^[\x21-\x7e]{1,255}$/;

/** The header is a structured-field string (`"…"`); the bare form that most clients send is taken too. */
function keyOf(request: ServiceRequest): string {
  const header = request.headers['idempotency-key'];
  const text = typeof header === 'string' ? header.trim() : '';
  const key = text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
  if (keyPattern.test(key)) return key;
  throw new Problem(400, 'idempotency_key_missing', 'Send an Idempotency-Key of 1 to 255 visible characters.');
}

function fingerprintOf(request: ServiceRequest): string {
  const hash = createHash('sha256').update(`${request.method} ${request.path}\n`);
  return hash.update(JSON.stringify(sorted(request.body) ?? null)).digest('base64url');
}

/** Equal JSON values get equal text whatever the order of their members. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}
