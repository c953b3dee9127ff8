import type { FastifyInstance, FastifyReply } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { SeenOnce } from '../idempotency/seen-once.ts';
import type { Clock } from '../lib/clock.ts';
import { checkWebhook } from '../lib/standard-webhook.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { EventEffect } from '../upstream/services/service-events.ts';

export interface WebhookParts {
  /** Secrets by service; a service without one sends nothing here. Several while one is being replaced. */
  readonly secretsOf: (service: string) => readonly string[];
  readonly effectOf: (service: string, message: unknown) => EventEffect | undefined;
  readonly seen: SeenOnce;
  readonly invalidate: (tags: readonly string[]) => Promise<void>;
  readonly bar: (subject: string) => Promise<void>;
  readonly unbar: (subject: string) => Promise<void>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** Events carry ids and states, never records. */
const maxBodyBytes = 65_536;

/** Accounts whose last event is remembered, so that one which comes late does not undo a newer one. */
const maxAccounts = 10_000;

/**
 * `POST /webhooks/{service}`: what services tell of their changes, signed as Standard Webhooks has it, at least once and in any order.
 * Answers 204 when a message is taken, also when it was taken before; 401 when it is not genuine and of now; 400 when it is not
 * what the contract says.
 */
export function serveWebhooks(app: FastifyInstance, parts: WebhookParts): void {
  const { secretsOf, effectOf, seen, invalidate, bar, unbar, clock, log, metrics } = parts;
  const counter = metrics.counter('facet_webhooks_total', 'Messages of services by what became of them.', ['outcome']);
  const versions = new LRUCache<string, number>({ max: maxAccounts });

  const refuse = (reply: FastifyReply, status: number, service: string, reason: string): FastifyReply => {
    counter.inc({ outcome: reason });
    log.warn(
      { 'event.action': 'webhook.refused', 'event.reason': reason, 'facet.service': service },
      'a webhook was refused',
    );
    return reply.code(status).send();
  };

  /** Is this the newest that is known of an account? It is from then on. */
  const isNews = ({ subject, version }: NonNullable<EventEffect['account']>): boolean => {
    if ((versions.get(subject) ?? -1) >= version) return false;
    versions.set(subject, version);
    return true;
  };

  const apply = async ({ tags, account }: EventEffect): Promise<void> => {
    await invalidate(tags);
    if (account && isNews(account)) await (account.closed ? bar : unbar)(account.subject);
  };

  // A scope of its own: here bodies stay the bytes that were signed.
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer', bodyLimit: maxBodyBytes },
      (_request, body, parsed) => parsed(null, body),
    );
    scope.post<{ Params: { service: string } }>('/webhooks/:service', async (request, reply) => {
      const { service } = request.params;
      const secrets = secretsOf(service);
      if (secrets.length === 0) return reply.code(404).send();
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const check = checkWebhook(secrets, headersOf(request.headers), body, clock.now());
      if (!check.genuine) return refuse(reply, 401, service, check.reason);
      const effect = effectOf(service, parse(body));
      if (!effect) return refuse(reply, 400, service, 'bad_message');
      const id = `${service} ${check.id}`;
      if (!(await seen.take(id))) {
        // Another worker may do it: an older message that this one takes must not undo it.
        if (effect.account) isNews(effect.account);
        counter.inc({ outcome: 'repeated' });
        return reply.code(204).send();
      }
      try {
        await apply(effect);
      } catch (error) {
        await seen.release(id);
        throw error;
      }
      counter.inc({ outcome: 'taken' });
      return reply.code(204).send();
    });
    done();
  });
}

function headersOf(headers: Readonly<Record<string, string | string[] | undefined>>) {
  const one = (name: string): string | undefined => {
    const value = headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  return { id: one('webhook-id'), timestamp: one('webhook-timestamp'), signature: one('webhook-signature') };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
