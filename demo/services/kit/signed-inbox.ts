import type { Database } from './database.ts';
import { invalidParameter, Problem } from './problem.ts';
import type { Route } from './router.ts';
import { isWebhookGenuine } from './signed-webhook.ts';

export const inboxSchema = 'CREATE TABLE inbox (id TEXT PRIMARY KEY, received_at INTEGER NOT NULL) WITHOUT ROWID;';

const keptForMs = 7 * 86_400_000;

export interface InboxOptions {
  operation: string;
  path: string;
  database: Database;
  /** Undefined refuses everything. */
  secret: string | undefined;
  now: () => number;
  /** Called once for each message, in the transaction that remembers it. */
  receive(type: string, data: unknown): void;
}

/** Takes signed events of another service; a message that comes twice has its effect once. */
export function inboxRoute({ operation, path, database, secret, now, receive }: InboxOptions): Route {
  database.sql('DELETE FROM inbox WHERE received_at < ?').run(now() - keptForMs);
  return {
    operation,
    method: 'POST',
    path,
    access: 'signed',
    handle({ headers, rawBody, body }) {
      const text = rawBody.toString('utf8');
      if (secret === undefined || !isWebhookGenuine(secret, headers, text, Math.floor(Date.now() / 1000))) {
        throw new Problem(401, 'signature_invalid', 'The signature is missing, too old or not ours.');
      }
      const { type, data } = body as { type?: unknown; data?: unknown };
      if (typeof type !== 'string') throw invalidParameter('type', 'required', 'The type of the event.');
      const { changes } = database
        .sql('INSERT INTO inbox VALUES (?, ?) ON CONFLICT DO NOTHING')
        .run(String(headers['webhook-id']), now());
      if (Number(changes) > 0) receive(type, data);
      return { status: 204 };
    },
  };
}
