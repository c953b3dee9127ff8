import type { Clock } from './clock.ts';
import { timestamp } from './clock.ts';
import type { Database } from './database.ts';
import { createDueWorker, type DueWorker } from './due-worker.ts';
import type { Log } from './json-log.ts';
import { signWebhook } from './signed-webhook.ts';

export const outboxSchema = `
  CREATE TABLE outbox (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, url TEXT NOT NULL, body TEXT NOT NULL,
    max_attempts INTEGER, attempts INTEGER NOT NULL DEFAULT 0, due_at INTEGER NOT NULL
  );
  CREATE INDEX outbox_due_at ON outbox (due_at);
`;

/** Where an event goes. `maxAttempts` left out: until it arrives. */
export interface Destination {
  url: string;
  maxAttempts?: number;
}

/** An event, written in the same transaction as the change it tells of and delivered afterwards, at least once. */
export interface Outbox {
  /** Call inside a transaction. `data` becomes the `data` of `{type, timestamp, sequence, data}`. */
  publish(type: string, data: unknown, destinations: readonly Destination[]): void;
  worker: DueWorker;
}

export interface OutboxOptions {
  database: Database;
  clock: Clock;
  secret: string;
  log: Log;
  onDepth: (depth: number) => void;
}

const attemptTimeoutMs = 2_000;
const maxBackoffMs = 5_000;

export function createOutbox(options: OutboxOptions): Outbox {
  const { database, clock, secret, log } = options;

  async function deliver(row: Record<string, unknown>): Promise<void> {
    const body = String(row['body']);
    const id = String(row['id']);
    try {
      const response = await fetch(String(row['url']), {
        method: 'POST',
        redirect: 'error',
        headers: {
          'Content-Type': 'application/json',
          ...signWebhook(secret, id, Math.floor(Date.now() / 1000), body),
        },
        body,
        signal: AbortSignal.timeout(attemptTimeoutMs),
      });
      await response.body?.cancel();
      if (response.ok) return forget(row);
      retryLater(row, `status ${response.status}`);
    } catch (error) {
      retryLater(row, error instanceof Error ? error.name : 'failed');
    }
  }

  function forget(row: Record<string, unknown>): void {
    database.sql('DELETE FROM outbox WHERE sequence = ?').run(Number(row['sequence']));
  }

  function retryLater(row: Record<string, unknown>, reason: string): void {
    const attempts = Number(row['attempts']) + 1;
    if (row['max_attempts'] !== null && attempts >= Number(row['max_attempts'])) {
      log('warn', 'webhook dropped', { webhook_id: row['id'], attempts, reason });
      return forget(row);
    }
    // Jitter, so that services that lost the same receiver do not come back to it in step.
    const backoffMs = Math.min(maxBackoffMs, 100 * 2 ** attempts) * (0.5 + Math.random() / 2);
    database
      .sql('UPDATE outbox SET attempts = ?, due_at = ? WHERE sequence = ?')
      .run(attempts, clock.now() + Math.ceil(backoffMs), Number(row['sequence']));
  }

  const worker = createDueWorker(
    async () => {
      const due = database.sql('SELECT * FROM outbox WHERE due_at <= ? ORDER BY sequence LIMIT 20').all(clock.now());
      await Promise.all(due.map(deliver));
      const rest = database.sql('SELECT count(*) AS depth, min(due_at) AS due_at FROM outbox').get();
      options.onDepth(Number(rest?.['depth']));
      return rest?.['due_at'] === null ? undefined : Number(rest?.['due_at']) - clock.now();
    },
    (error) => log('error', 'outbox failed', { error: String(error) }),
  );

  return {
    worker,
    publish(type, data, destinations) {
      const now = clock.now();
      for (const destination of destinations) {
        const sequence = nextSequence(database);
        const body = JSON.stringify({ type, timestamp: timestamp(now), sequence, data });
        database
          .sql('INSERT INTO outbox (sequence, id, url, body, max_attempts, due_at) VALUES (?, ?, ?, ?, ?, ?)')
          .run(sequence, `msg_${crypto.randomUUID()}`, destination.url, body, destination.maxAttempts ?? null, now);
      }
    },
  };
}

/** Grows for ever, also over deleted rows, so that a receiver can tell an old event from a new one. */
function nextSequence(database: Database): number {
  const row = database.sql("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'").get();
  return Number(row?.['seq'] ?? 0) + 1;
}
