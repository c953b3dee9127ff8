import type { IncomingMessage } from 'node:http';

/** `127.0.0.0/8` and `::1`, also as Node reports them on a dual-stack socket. */
const loopbackAddress = /^(?:::ffff:)?127(?:\.\d{1,3}){3}$|^::1$/;

/** RFC 9110 section 7.2: the authority the client meant. A name that merely resolves to loopback is not one. */
const loopbackHost = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/** Fetch Metadata of a request that a page of this very origin made, or that no page made. */
const ownFetchSites = new Set(['same-origin', 'none']);

/**
 * The reason to refuse a request to a demo switch, or undefined when it may pass.
 *
 * Such a route mints tokens and stops processes without a password, so three kinds of stranger must not reach it:
 * another machine (the socket's address), a page whose name was rebound to 127.0.0.1 (the Host header), and a page
 * that posts across origins (Origin and Sec-Fetch-Site, which browsers send and scripts can't forge). A proxy in
 * front would make all three look local, so forwarded requests are refused too.
 */
export function whyNotLocal(request: IncomingMessage): string | undefined {
  const { headers } = request;
  if (!loopbackAddress.test(request.socket.remoteAddress ?? '')) return 'only this machine may ask';
  if (!loopbackHost.test(headers.host ?? '')) return 'the Host header must name the loopback interface';
  if (headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined) {
    return 'forwarded requests are not served';
  }
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`) {
    return 'pages of another origin may not ask';
  }
  const site = headers['sec-fetch-site'];
  if (site !== undefined && !ownFetchSites.has(String(site))) return 'pages of another origin may not ask';
  return undefined;
}
