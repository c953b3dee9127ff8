import { z } from 'zod';

const milliseconds = (least: number, most: number) => z.int().min(least).max(most);

/** `host:port`; an IPv6 host stands in brackets. */
const node = z.string().regex(/^(?:\[[0-9a-fA-F:]+\]|[^\s:/@]+):\d{1,5}$/, 'write host:port');

export const redis = z
  .strictObject({
    url: z
      .string()
      .regex(/^rediss?:\/\/\S+$/, 'write redis://[user:password@]host:port[/database], or rediss:// for TLS')
      .nullish()
      .describe(
        'redis://[user:password@]host:port[/database]; rediss:// for TLS. Absent or empty: nothing is shared, each process keeps its own counters and caches in memory.',
      ),
    mode: z
      .enum(['standalone', 'sentinel', 'cluster'])
      .default('standalone')
      .describe('What answers at the URL: one server, a Sentinel, or a node of a Redis Cluster.'),
    nodes: z
      .array(node)
      .default([])
      .describe(
        'Further Sentinels or seed nodes of the cluster, each host:port. User and password are those of the URL.',
      ),
    sentinelName: z.string().default('mymaster').describe('Name of the master group that the Sentinels watch.'),
    sentinelPassword: z.string().optional().describe('Password of the Sentinels themselves, when they have one.'),
    tls: z
      .strictObject({
        caFile: z.string().optional().describe('PEM file of the authorities to trust. Default: those of the system.'),
        certFile: z.string().optional().describe('PEM file of our own certificate, where the server asks for one.'),
        keyFile: z.string().optional().describe('PEM file of the key of our own certificate.'),
        serverName: z.string().optional().describe("Name expected in the server's certificate. Default: its host."),
      })
      .prefault({})
      .describe('Used with rediss:// only. The certificate is always verified.'),
    commandTimeoutMs: milliseconds(5, 1_000)
      .default(50)
      .describe('Milliseconds until a command counts as failed and Redis as lost.'),
    connectTimeoutMs: milliseconds(50, 10_000)
      .default(1_000)
      .describe('Milliseconds until an attempt to connect is given up.'),
    retryMs: milliseconds(50, 10_000)
      .default(500)
      .describe(
        'Milliseconds between attempts to get a lost Redis back, each ± 20 %. Requests are never the attempt: while Redis is lost none waits for it.',
      ),
  })
  .prefault({})
  .describe('Shared counters, caches, API keys and invalidation. Losing it fails no request.');

export type RedisConfig = z.infer<typeof redis>;
