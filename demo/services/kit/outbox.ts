import type { Clock } from './clock.ts';
import { timestamp } from './clock.ts';
import type { Database } from './database.ts';
import { createDueWorker, type DueWorker } from './due-worker.ts';
import type { Log } from './json-log.ts';
import { signWebhook } from './signed-webhook.ts';

export const outboxSchema = `
  CREATE TABLE outbox (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, url TEXT NOT NULL, body TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, due_at INTEGER NOT NULL, expires_at INTEGER
  );
  CREATE INDEX outbox_url ON outbox (url, sequence);
`;

/** Where an event goes, and for how long it is worth delivering; without `keptForMs` until it arrives. */
export interface Destination {
  url: string;
  keptForMs?: number;
  /** The longest pause between two attempts. */
  maxPauseMs: number;
}

/** Receivers named by configuration: for a day, as the contracts promise. */
export function webhookDestinations(urls: readonly string[]): Destination[] {
  return urls.map((url) => ({ url, keptForMs: 86_400_000, maxPauseMs: 30_000 }));
}

/** The other service: until it arrives, and soon after it is back. */
export function peerDestinations(url: string | undefined): Destination[] {
  return url === undefined ? [] : [{ url, maxPauseMs: 1_000 }];
}

/**
 * Events, written in the same transaction as the change they tell of and delivered afterwards: at least once, and to one
 * receiver in the order in which they happened.
 */
export interface Outbox {
  /** Call inside a transaction. The receiver gets `{type, timestamp, data}`. */
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

interface Message {
  sequence: number;
  id: string;
  url: string;
  body: string;
  attempts: number;
  due_at: number;
  expires_at: number | null;
}

const attemptTimeoutMs = 5_000;
const firstPauseMs = 100;

export function createOutbox({ database, clock, secret, log, onDepth }: OutboxOptions): Outbox {
  const maxPauseMs = new Map<string, number>();

  const head = (url: string): Message | undefined =>
    database.sql('SELECT * FROM outbox WHERE url = ? ORDER BY sequence LIMIT 1').get(url) as Message | undefined;
  const remove = (message: Message): void => {
    database.sql('DELETE FROM outbox WHERE sequence = ?').run(message.sequence);
  };

  /** Delivers to one receiver until its queue is empty, or until it does not take the next message. */
  async function drain(url: string): Promise<void> {
    for (let message = head(url); message !== undefined; message = head(url)) {
      if (message.expires_at !== null && message.expires_at <= clock.now()) {
        remove(message);
        continue;
      }
      if (message.due_at > clock.now()) return;
      const failure = await attempt(message, secret);
      if (failure !== undefined) {
        postpone(message, failure);
        return;
      }
      if (message.attempts > 0) log('info', 'webhook receiver is back', { url, attempts: message.attempts + 1 });
      remove(message);
    }
  }

  function postpone(message: Message, reason: string): void {
    if (message.attempts === 0) log('warn', 'webhook receiver does not answer', { url: message.url, reason });
    const cap = maxPauseMs.get(message.url) ?? 1_000;
    // Jitter, so that services that lost the same receiver do not come back to it in step.
    const pauseMs = Math.min(cap, firstPauseMs * 2 ** Math.min(message.attempts, 20)) * (0.5 + Math.random() / 2);
    database
      .sql('UPDATE outbox SET attempts = attempts + 1, due_at = ? WHERE sequence = ?')
      .run(clock.now() + Math.ceil(pauseMs), message.sequence);
  }

  const worker = createDueWorker(
    async () => {
      const receivers = database.sql('SELECT DISTINCT url FROM outbox').all();
      await Promise.all(receivers.map(({ url }) => drain(String(url))));
      const rest = database.sql('SELECT count(*) AS depth FROM outbox').get();
      onDepth(Number(rest?.['depth']));
      const heads = database
        .sql(
          'SELECT min(due_at) AS due_at FROM outbox WHERE sequence IN (SELECT min(sequence) FROM outbox GROUP BY url)',
        )
        .get();
      return heads?.['due_at'] === null ? undefined : Number(heads?.['due_at']) - clock.now();
    },
    (error) => log('error', 'outbox failed', { error: String(error) }),
  );

  return {
    worker,
    publish(type, data, destinations) {
      const now = clock.now();
      const body = JSON.stringify({ type, timestamp: timestamp(now), data });
      for (const { url, keptForMs, maxPauseMs: cap } of destinations) {
        maxPauseMs.set(url, cap);
        database
          .sql('INSERT INTO outbox (id, url, body, due_at, expires_at) VALUES (?, ?, ?, ?, ?)')
          .run(`msg_${crypto.randomUUID()}`, url, body, now, keptForMs === undefined ? null : now + keptForMs);
      }
    },
  };
}

/** Sends a message once; undefined when it was taken, else why not. */
async function attempt({ id, url, body }: Message, secret: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      headers: { 'Content-Type': 'application/json', ...signWebhook(secret, id, Math.floor(Date.now() / 1000), body) },
      body,
      signal: AbortSignal.timeout(attemptTimeoutMs),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `status ${response.status}`;
  } catch (error) {
    return error instanceof Error ? error.name : 'failed';
  }
}
