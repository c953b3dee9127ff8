import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../errors/gateway-error.ts';

/** Longest request target: a GET of a large operation fits, and what is longer belongs into a POST. */
const maxTargetLength = 8_192;
const maxHeaders = 100;
const maxHostLength = 255;

/** RFC 9110 §7.2: `uri-host [ ":" port ]`, a name, an IPv4 address or a bracketed IPv6 address. */
const hostForm = /^(?:[a-z0-9](?:[a-z0-9._-]*)|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/** Node's parser takes `GET /path` without a version for HTTP/0.9. */
const versions: ReadonlySet<string> = new Set(['1.1', '1.0', '2.0']);

/** Hosts that have the form; a process is called by few names. */
const knownHosts = new Set<string>();
const maxKnownHosts = 64;

/**
 * What Node's parser lets through and nobody behind us should have to think about: a target or a number of headers beyond reason,
 * and a `Host` that is missing, sent twice or no host. RFC 9112 §3.2: a server MUST answer those three with 400.
 */
export function checkRequestLine(request: IncomingMessage): void {
  const { rawHeaders, headers, httpVersion } = request;
  if (!versions.has(httpVersion)) throw new GatewayError('BAD_REQUEST', { publicMessage: 'Speak HTTP/1.1.' });
  if ((request.url ?? '').length > maxTargetLength)
    throw new GatewayError('PAYLOAD_TOO_LARGE', { httpStatus: 414, publicMessage: 'The URL is too long. Use POST.' });
  if (rawHeaders.length > 2 * maxHeaders)
    throw new GatewayError('PAYLOAD_TOO_LARGE', { httpStatus: 431, publicMessage: 'There are too many headers.' });
  if (headers['content-type'] !== undefined && count(rawHeaders, 'content-type') > 1)
    throw new GatewayError('BAD_REQUEST', { publicMessage: 'Send one Content-Type.' });
  const { host, expect } = headers;
  if (expect !== undefined && expect.toLowerCase() !== '100-continue')
    throw new GatewayError('BAD_REQUEST', { httpStatus: 417, publicMessage: 'Only 100-continue can be expected.' });
  if (host === undefined) {
    // HTTP/1.0 has no Host, HTTP/2 has `:authority` instead.
    if (httpVersion === '1.1') throw badHost();
    return;
  }
  if (count(rawHeaders, 'host') > 1) throw badHost();
  if (knownHosts.has(host)) return;
  if (host.length > maxHostLength || !hostForm.test(host)) throw badHost();
  if (knownHosts.size < maxKnownHosts) knownHosts.add(host);
}

/** Node keeps the first of several such headers and drops the others in silence; the raw list has them all. */
function count(rawHeaders: readonly string[], wanted: string): number {
  let found = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === wanted.length && name.toLowerCase() === wanted) found++;
  }
  return found;
}

function badHost(): GatewayError {
  return new GatewayError('BAD_REQUEST', { publicMessage: 'Send exactly one valid Host header.' });
}

/**
 * The path of a request target, without its query. A client that thinks we are a proxy sends the absolute form, which a server MUST
 * accept (RFC 9112 §3.2.2).
 */
export function pathOf(target: string): string {
  let start = 0;
  if (!target.startsWith('/')) {
    const authority = /^https?:\/\//i.exec(target)?.[0].length;
    if (authority === undefined) return target;
    start = target.indexOf('/', authority);
    if (start < 0) return '/';
  }
  const query = target.indexOf('?', start);
  return target.slice(start, query < 0 ? undefined : query);
}
