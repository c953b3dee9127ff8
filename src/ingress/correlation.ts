import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** RFC 9562 §5.4: version 4, variant 10. §4: written in lower case, read in either; Swift's `UUID().uuidString` is upper case. */
const uuidV4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/**
 * W3C Trace Context §3.2.2; all-zero ids are invalid, and so is version ff. Of a version after ours what is known is read (§4.3), and
 * goes on as ours.
 */
const traceparentForm =
  /^(?:00|(?!ff)[0-9a-f]{2}(?=.{53}(?:-|$)))(-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2})/;
const traceparentLength = 55;

/**
 * The inbound `X-Correlation-ID` if it is a well-formed UUID v4, in lower case, so that one request is one string everywhere; else a
 * new one. Anything else could forge log lines.
 */
export function correlationIdOf(headers: IncomingHttpHeaders): string {
  const inbound = headers['x-correlation-id'];
  return typeof inbound === 'string' && uuidV4.test(inbound) ? inbound.toLowerCase() : randomUUID();
}

export function traceparentOf(headers: IncomingHttpHeaders): string | undefined {
  const inbound = headers['traceparent'];
  if (typeof inbound !== 'string') return undefined;
  if (inbound.startsWith('00-') && inbound.length !== traceparentLength) return undefined;
  const known = traceparentForm.exec(inbound)?.[1];
  return known && `00${known}`;
}
