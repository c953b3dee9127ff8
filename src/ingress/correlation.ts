import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** RFC 9562 §5.4: version 4, variant 10. Lower case only, so that one request is one string everywhere. */
const uuidV4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** W3C Trace Context §3.2, version 00; all-zero ids are invalid. */
const traceparentForm = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The inbound `X-Correlation-ID` if it is a well-formed UUID v4, else a new one. Anything else could forge log lines. */
export function correlationIdOf(headers: IncomingHttpHeaders): string {
  const inbound = headers['x-correlation-id'];
  return typeof inbound === 'string' && uuidV4.test(inbound) ? inbound : randomUUID();
}

export function traceparentOf(headers: IncomingHttpHeaders): string | undefined {
  const inbound = headers['traceparent'];
  return typeof inbound === 'string' && traceparentForm.test(inbound) ? inbound : undefined;
}
