import { z } from 'zod';
import { cidr } from './cidr.ts';
import { listenerTls } from './tls.ts';

const port = z.int().min(0).max(65_535);

/** Where one client's process listens. */
export const listener = z.strictObject({
  host: z.string().default('127.0.0.1').describe('Address of the public listener.'),
  port: port.describe('TCP port of the public listener; 0 takes a free one.'),
  adminHost: z
    .string()
    .default('127.0.0.1')
    .describe(
      'Address of the admin listener (health, metrics, journeys, webhooks). Loopback unless a sidecar needs it.',
    ),
  adminPort: port.describe('TCP port of the admin listener; 0 takes a free one.'),
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      "The URL that clients use; a page from there counts as this gateway's own. Default: pages that this machine loads from here by a loopback name.",
    ),
  trustProxy: z
    .array(cidr)
    .default([])
    .describe('Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed. Default: nobody.'),
  requireHttps: z
    .boolean()
    .default(false)
    .describe('Refuses requests that came neither by TLS nor, by the word of a trusted proxy, by https.'),
  headersTimeoutMs: z
    .int()
    .min(1_000)
    .max(60_000)
    .default(10_000)
    .describe('Milliseconds in which the headers of a request must have arrived; no more than requestTimeoutMs.'),
  requestTimeoutMs: z
    .int()
    .min(1_000)
    .max(120_000)
    .default(15_000)
    .describe('Milliseconds in which all of a request must have arrived. It is looked at once a second.'),
  keepAliveTimeoutMs: z
    .int()
    .min(1_000)
    .max(600_000)
    .default(65_000)
    .describe('Milliseconds that an idle connection is kept: longer than the load balancer in front keeps it.'),
  stallTimeoutMs: z
    .int()
    .min(1_000)
    .max(600_000)
    .default(30_000)
    .describe(
      'Milliseconds without a byte in either direction after which a connection is cut, one that nobody reads included.',
    ),
  maxConnections: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(10_000)
    .describe('Connections at once; what comes on top is closed at once.'),
  tls: listenerTls.optional().describe('TLS 1.2 and 1.3 with HTTP/2 and HTTP/1.1 on this port. Default: plain HTTP.'),
});

export const listeners = z
  .record(z.string().regex(/^[a-z][a-z0-9-]*$/), listener)
  .describe('One entry for each client process, named like its profile.');

export type ListenerConfig = z.infer<typeof listener>;
