import { z } from 'zod';

export const tracing = z
  .strictObject({
    otlpUrl: z
      .url({ protocol: /^https?$/ })
      .nullish()
      .describe(
        'Where spans are sent, by OTLP over HTTP (http://collector:4318/v1/traces). Absent or empty: no spans, and nothing of OpenTelemetry is loaded.',
      ),
    headers: z
      .record(z.string(), z.string())
      .default({})
      .describe('Sent along, for a collector that asks who it is. Secret.'),
    sampleRatio: z
      .number()
      .min(0)
      .max(1)
      .default(0.01)
      .describe('Part of the requests that are traced, decided when they arrive. A caller’s own wish does not count.'),
    timeoutMs: z.int().min(100).max(60_000).default(5_000).describe('Milliseconds for one delivery.'),
    maxQueuedSpans: z
      .int()
      .min(512)
      .max(1_000_000)
      .default(8_192)
      .describe('Spans that wait for a collector which does not answer; beyond that, they are dropped.'),
  })
  .prefault({})
  .describe('Traces for a collector. Journeys need none of this.');

export type TracingConfig = z.infer<typeof tracing>;
