import type { Clock } from './clock.ts';
import { timestamp } from './clock.ts';
import type { Database } from './database.ts';
import { createDueWorker, type DueWorker } from './due-worker.ts';
import type { Log } from './json-log.ts';
import { signWebhook } from './signed-webhook.ts';

export const outboxSchema = `
  CREATE TABLE outbox (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, receiver TEXT NOT NULL, body TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, due_at INTEGER NOT NULL, expires_at INTEGER
  );
  CREATE INDEX outbox_receiver ON outbox (receiver, sequence);
`;

/** `webhooks`: whoever the configuration names. `peer`: the other service. */
export type Audience = 'webhooks' | 'peer';

interface Receiver {
  /** What its messages are kept under. The peer may move to another address and still gets what waits for it. */
  name: string;
  url: string;
  audience: Audience;
  /** How long a message is worth delivering; without it until it arrives. */
  keptForMs?: number;
  /** The longest pause between two attempts. */
  maxPauseMs: number;
}

/**
 * Events, written in the same transaction as the change they tell of and delivered afterwards: at least once, and to one
 * receiver in the order in which they happened.
 */
export interface Outbox {
  /** Call inside a transaction. Each receiver gets `{type, timestamp, data}`. */
  publish(type: string, data: unknown, audience: Audience): void;
  worker: DueWorker;
}

export interface OutboxOptions {
  database: Database;
  clock: Clock;
  /** Kept for a day, as the contracts promise. */
  webhookUrls: readonly string[];
  /** Delivered until it arrives, and soon after the peer is back. */
  peerUrl: string | undefined;
  secret: string;
  log: Log;
  onDepth: (depth: number) => void;
}

interface Message {
  sequence: number;
  id: string;
  body: string;
  attempts: number;
  due_at: number;
  expires_at: number | null;
}

const attemptTimeoutMs = 5_000;
const firstPauseMs = 100;
const dayMs = 86_400_000;

export function createOutbox({ database, clock, secret, log, onDepth, ...addresses }: OutboxOptions): Outbox {
  const { webhookUrls, peerUrl } = addresses;
  const receivers = webhookUrls.map((url): Receiver => ({
    name: url,
    url,
    audience: 'webhooks',
    keptForMs: dayMs,
    maxPauseMs: 30_000,
  }));
  if (peerUrl !== undefined) receivers.push({ name: 'peer', url: peerUrl, audience: 'peer', maxPauseMs: 1_000 });

  const head = (receiver: Receiver): Message | undefined =>
    database.sql('SELECT * FROM outbox WHERE receiver = ? ORDER BY sequence LIMIT 1').get(receiver.name) as unknown as
      Message | undefined;
  const remove = (message: Message): void => {
    database.sql('DELETE FROM outbox WHERE sequence = ?').run(message.sequence);
  };

  /** Delivers until the receiver's queue is empty or it does not take the next message; answers when that one is due. */
  async function drain(receiver: Receiver): Promise<number> {
    for (let message = head(receiver); message !== undefined; message = head(receiver)) {
      if (message.expires_at !== null && message.expires_at <= clock.now()) {
        remove(message);
        continue;
      }
      if (message.due_at > clock.now()) return message.due_at;
      const failure = await attempt(receiver.url, message, secret);
      if (failure !== undefined) return postpone(receiver, message, failure);
      const { attempts } = message;
      if (attempts > 0) log('info', 'webhook receiver is back', { url: receiver.url, attempts: attempts + 1 });
      remove(message);
    }
    return Number.POSITIVE_INFINITY;
  }

  function postpone(receiver: Receiver, { sequence, attempts }: Message, reason: string): number {
    if (attempts === 0) log('warn', 'webhook receiver does not answer', { url: receiver.url, reason });
    const longest = Math.min(receiver.maxPauseMs, firstPauseMs * 2 ** Math.min(attempts, 20));
    // Jitter, so that services that lost the same receiver do not come back to it in step.
    const dueAt = clock.now() + Math.ceil(longest * (0.5 + Math.random() / 2));
    database.sql('UPDATE outbox SET attempts = attempts + 1, due_at = ? WHERE sequence = ?').run(dueAt, sequence);
    return dueAt;
  }

  const worker = createDueWorker(
    async () => {
      const due = await Promise.all(receivers.map(drain));
      onDepth(Number(database.sql('SELECT count(*) AS depth FROM outbox').get()?.['depth']));
      const next = Math.min(...due);
      return Number.isFinite(next) ? next - clock.now() : undefined;
    },
    (error) => log('error', 'outbox failed', { error: String(error) }),
  );

  return {
    worker,
    publish(type, data, audience) {
      const now = clock.now();
      const body = JSON.stringify({ type, timestamp: timestamp(now), data });
      for (const receiver of receivers) {
        if (receiver.audience !== audience) continue;
        const expiresAt = receiver.keptForMs === undefined ? null : now + receiver.keptForMs;
        database
          .sql('INSERT INTO outbox (id, receiver, body, due_at, expires_at) VALUES (?, ?, ?, ?, ?)')
          .run(`msg_${crypto.randomUUID()}`, receiver.name, body, now, expiresAt);
      }
    },
  };
}

/** Sends a message once; undefined when it was taken, else why not. */
async function attempt(url: string, { id, body }: Message, secret: string): Promise<string | undefined> {
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
