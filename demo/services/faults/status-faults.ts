import { Problem, problemReply } from '../kit/problem.ts';
import type { Reply } from '../kit/reply.ts';
import type { Fault, FaultContext } from './fault.ts';

const errorCodes: Record<number, string> = { 502: 'unavailable', 504: 'deadline_exceeded' };

/** The answers a service gives when it refuses or breaks, each well formed as the contract's problem document. */
export const statusFaults: readonly Fault[] = [
  ...[500, 502, 504].map((status): Fault => ({
    name: `status-${status}`,
    summary: `Answers ${status}; with \`after\` the effect has happened all the same.`,
    parameters: { after: false },
    answer: (context) =>
      refusal(context, new Problem(status, errorCodes[status] ?? 'internal_error', 'Switched-on fault.')),
  })),
  {
    name: 'status-503',
    summary: 'Answers 503 with Retry-After; 0 leaves the header out.',
    parameters: { after: false, retry_after_s: 1 },
    answer(context) {
      const seconds = Number(context.parameters['retry_after_s']);
      const extras =
        seconds > 0 ? { headers: { 'Retry-After': String(seconds) }, members: { retry_after_seconds: seconds } } : {};
      return refusal(context, new Problem(503, 'unavailable', 'Switched-on fault.', extras));
    },
  },
  {
    name: 'rate-limited',
    summary: 'Answers 429 with the headers of one `style`: draft, three-headers, vendor, retry-after or http-date.',
    parameters: { style: 'draft', retry_after_s: 3 },
    answer(context) {
      const seconds = Number(context.parameters['retry_after_s']);
      return refusal(
        context,
        new Problem(429, 'quota_exceeded', 'Too many requests.', {
          headers: rateLimitHeaders(String(context.parameters['style']), seconds),
          members: { retry_after_seconds: seconds },
        }),
      );
    },
  },
  {
    name: 'credential-refused',
    summary: "Answers 401 as if the gateway's own credential had been withdrawn.",
    answer: (context) =>
      refusal(
        context,
        new Problem(401, 'service_credential_invalid', "The gateway's own credential is missing or not accepted.", {
          headers: { 'WWW-Authenticate': 'Bearer realm="gateway"' },
        }),
      ),
  },
  {
    name: 'idempotency-in-progress',
    summary: 'Answers 409 as if the first request with this key were still running.',
    answer: (context) =>
      refusal(
        context,
        new Problem(409, 'idempotency_in_progress', 'The first request with this Idempotency-Key is still running.', {
          headers: { 'Retry-After': '1' },
          members: { retry_after_seconds: 1 },
        }),
      ),
  },
  {
    name: 'idempotency-reused',
    summary: 'Answers 422 as if this key had been used for another request.',
    answer: (context) =>
      refusal(
        context,
        new Problem(422, 'idempotency_key_reused', 'This Idempotency-Key was used for a different request.'),
      ),
  },
  {
    name: 'not-modified',
    summary: 'Answers 304 to a request that sent no ETag.',
    answer: () => ({ status: 304, headers: { ETag: '"fault"' } }),
  },
  {
    name: 'redirect-loop',
    summary: 'Redirects each request to itself.',
    answer: ({ request }) => ({ status: 302, headers: { Location: request.path } }),
  },
];

function refusal({ request }: FaultContext, problem: Problem): Reply {
  return problemReply(problem, request.correlationId);
}

function rateLimitHeaders(style: string, seconds: number): Record<string, string> {
  switch (style) {
    case 'three-headers':
      return { 'RateLimit-Limit': '100', 'RateLimit-Remaining': '0', 'RateLimit-Reset': String(seconds) };
    case 'vendor':
      return { 'x-amzn-RateLimit-Limit': '100', 'Retry-After': String(seconds) };
    case 'retry-after':
      return { 'Retry-After': String(seconds) };
    case 'http-date':
      return { 'Retry-After': new Date(Date.now() + seconds * 1000).toUTCString() };
    default:
      // draft-ietf-httpapi-ratelimit-headers-10
      return {
        'Retry-After': String(seconds),
        'RateLimit-Policy': '"default";q=100;w=10',
        RateLimit: `"default";r=0;t=${seconds}`,
      };
  }
}
