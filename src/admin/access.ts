import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type AdminToken, verifyAdminToken } from '../auth/admin-token.ts';
import type { Clock } from '../lib/clock.ts';
import { problem } from './problem.ts';

export interface AccessParts {
  /** That tokens are signed with at present; without one no token is good. */
  readonly secret: () => string | undefined;
  /** In demo mode whoever sits at this machine needs no token. */
  readonly trustsLoopback: boolean;
  readonly clock: Clock;
}

/** Lets an operator's request through, or answers it; `undefined` when it was answered. */
export type Access = (
  request: FastifyRequest,
  reply: FastifyReply,
  scope: AdminToken['scope'],
) => Promise<AdminToken | undefined>;

const atThisMachine: AdminToken = { actor: 'loopback', scope: 'write' };
const bearer = /^Bearer ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/;
const mostTokenLength = 2_048;
/** `facet admin token` signs for at most this long, whatever the configuration's default. */
export const maxTokenSeconds = 3_600;

/** Who may ask the admin listener for more than health and metrics: the holder of a short-lived signed token (RFC 6750). */
export function createAccess({ secret: secretNow, trustsLoopback, clock }: AccessParts): Access {
  return async (request, reply, scope) => {
    const secret = secretNow();
    const header = request.headers.authorization;
    if (header === undefined && trustsLoopback && isLocal(request.raw)) return atThisMachine;
    const token = header !== undefined && header.length <= mostTokenLength ? bearer.exec(header)?.[1] : undefined;
    const holder = token && secret ? await verifyAdminToken(secret, token, maxTokenSeconds, clock.now()) : undefined;
    if (!holder) {
      reply.header('www-authenticate', 'Bearer realm="facet-admin"');
      problem(reply, 401, secret ? 'Make a token with `facet admin token`.' : 'admin.secret is not configured.');
      return undefined;
    }
    if (scope === 'write' && holder.scope !== 'write') {
      problem(reply, 403, 'This token may only read: `facet admin token --write` makes one that decides.');
      return undefined;
    }
    return holder;
  };
}

const loopbackAddress = /^(?:::ffff:)?127(?:\.\d{1,3}){3}$|^::1$/;
/** RFC 9110 §7.2: the authority that was meant. A name that merely resolves to loopback is not one. */
const loopbackHost = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/** `127.0.0.0/8` and `::1`, also as Node reports them on a dual-stack socket. */
export function isLoopbackAddress(address: string): boolean {
  return loopbackAddress.test(address);
}

/** Not a neighbour, not through a proxy, and not a page of another origin in a browser on this machine. */
function isLocal({ socket, headers }: IncomingMessage): boolean {
  if (!isLoopbackAddress(socket.remoteAddress ?? '') || !loopbackHost.test(headers.host ?? '')) return false;
  if (headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined) return false;
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`) return false;
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}
