import type { Fault } from './fault.ts';

export const headerFaults: readonly Fault[] = [
  {
    name: 'duplicate-header',
    summary: 'ETag, Content-Type and Retry-After come twice, with values that disagree.',
    rewrite: (outgoing) => ({
      ...outgoing,
      headers: [
        ['Content-Type', 'text/html'],
        ['ETag', '"other"'],
        ['Retry-After', '1'],
        ['Retry-After', '3600'],
        ...outgoing.headers,
      ],
    }),
  },
  {
    name: 'deprecated',
    summary: 'The operation is deprecated and ends in `ends_in_days`: Deprecation (RFC 9745) and Sunset (RFC 8594).',
    parameters: { ends_in_days: 90 },
    rewrite: (outgoing, { parameters }) => ({
      ...outgoing,
      headers: [
        ...outgoing.headers,
        ['Deprecation', `@${Math.floor(Date.now() / 1000) - 86_400}`],
        ['Sunset', new Date(Date.now() + Number(parameters['ends_in_days']) * 86_400_000).toUTCString()],
      ],
    }),
  },
  {
    name: 'clock-skew',
    summary: "The service's clock, as its Date header tells it, is off by `skew_ms`.",
    parameters: { skew_ms: 7_200_000 },
    rewrite: (outgoing, { parameters }) => ({
      ...outgoing,
      headers: [...outgoing.headers, ['Date', new Date(Date.now() + Number(parameters['skew_ms'])).toUTCString()]],
    }),
  },
  {
    name: 'many-headers',
    summary: '`count` headers more than usual.',
    parameters: { count: 300 },
    rewrite: (outgoing, { parameters }) => ({
      ...outgoing,
      headers: [
        ...outgoing.headers,
        ...Array.from({ length: Number(parameters['count']) }, (_, index): [string, string] => [
          `X-Fault-${index}`,
          'x',
        ]),
      ],
    }),
  },
  {
    name: 'encoding-chain',
    summary: 'Content-Encoding names `count` codings (CVE-2026-22036).',
    parameters: { count: 500 },
    rewrite: (outgoing, { parameters }) => ({
      ...outgoing,
      headers: [
        ...outgoing.headers,
        ['Content-Encoding', Array.from({ length: Number(parameters['count']) }, () => 'gzip').join(', ')],
      ],
    }),
  },
];
