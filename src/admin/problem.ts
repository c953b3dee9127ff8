import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';

/** Answers with a problem document (RFC 9457). `more`: further members. */
export function problem(reply: FastifyReply, status: number, detail: string, more: object = {}): FastifyReply {
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail, ...more }));
}
