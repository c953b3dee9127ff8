import type { FastifyError, FastifyInstance, FastifyReply, FastifyServerOptions } from 'fastify';
import type { Logger } from '../telemetry/logger.ts';
import { problem } from './problem.ts';

/** What may be wrong with a message before a route sees it. The framework's own words repeat what was sent. */
const details: Readonly<Record<number, string>> = {
  400: 'The request cannot be read.',
  404: 'There is nothing at this path.',
  413: 'The body is too large.',
  414: 'The path is too long.',
  415: 'The body must be application/json.',
};

/** For the making of a server: a path that cannot be taken apart never gets to its handlers. */
export const pathProblems: Required<Pick<FastifyServerOptions, 'frameworkErrors'>> = {
  frameworkErrors: (error, _request, reply) => void refuse(error, reply as FastifyReply),
};

/** Has everything that no route answers be a problem document (RFC 9457), like everything that a route refuses. */
export function answerInProblems(app: FastifyInstance, log?: Logger): void {
  app.setNotFoundHandler((_request, reply) => refuse({ statusCode: 404 }, reply));
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    if (statusOf(error) === 500) log?.error({ error }, 'an admin route failed');
    return refuse(error, reply);
  });
}

function refuse(error: Pick<FastifyError, 'statusCode'>, reply: FastifyReply): FastifyReply {
  const status = statusOf(error);
  return problem(reply, status, details[status] ?? 'This could not be answered.');
}

function statusOf({ statusCode = 500 }: Pick<FastifyError, 'statusCode'>): number {
  return statusCode >= 400 && statusCode < 500 ? statusCode : 500;
}
