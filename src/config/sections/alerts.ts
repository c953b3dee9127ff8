import { z } from 'zod';

const percent = z.number().min(0).max(100);

export const alerts = z
  .strictObject({
    webhookUrl: z
      .url({ protocol: /^https?$/ })
      .nullish()
      .describe(
        'Where alerts are sent, in the shape of PagerDuty Events v2 (https://events.pagerduty.com/v2/enqueue). Absent or empty: none are sent.',
      ),
    routingKey: z.string().max(256).default('').describe('Integration key of the receiving service. Secret.'),
    source: z
      .string()
      .max(128)
      .optional()
      .describe('Name of this instance in alerts; a part of the deduplication key. Default: the host name.'),
    timeoutMs: z.int().min(100).max(60_000).default(5_000).describe('Milliseconds for one delivery.'),
    retryMs: z
      .int()
      .min(10)
      .max(60_000)
      .default(1_000)
      .describe('Milliseconds before the first retry of a failed delivery; doubled each time up to a minute, ± 20 %.'),
    rejections: z
      .strictObject({
        abovePercent: percent
          .default(5)
          .describe('The alert opens when more than this part of requests is rejected (401, 403, 429, shed 503).'),
        belowPercent: percent.default(4).describe('It resolves when the part stays below this for two windows.'),
        minRequests: z.int().min(1).default(100).describe('It never opens with fewer requests in the window.'),
        windowSeconds: z.int().min(5).max(3_600).default(60).describe('Seconds of the sliding window.'),
      })
      .refine(({ abovePercent, belowPercent }) => belowPercent <= abovePercent, {
        path: ['belowPercent'],
        message: 'must not be above abovePercent',
      })
      .prefault({})
      .describe('The alert on rejections by the gateway. What is only reported does not count.'),
  })
  .prefault({})
  .describe('Alerts to people on call. A receiver that is down fails no request.');

export type AlertsConfig = z.infer<typeof alerts>;
