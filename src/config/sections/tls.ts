import { z } from 'zod';

const domain = z.string().regex(/^(?=.{1,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);

const acme = z.strictObject({
  directoryUrl: z
    .url({ protocol: /^https$/ })
    .describe('Directory of the ACME server (RFC 8555), such as https://acme-v02.api.letsencrypt.org/directory.'),
  domains: z.array(domain).min(1).max(100).describe('Names that the certificate is for; the first is its common name.'),
  email: z.email().optional().describe('Where the authority writes to. Default: it gets none.'),
  termsOfServiceAgreed: z.literal(true).describe("Says that you agree to the authority's terms of service."),
  accountKeyFile: z.string().min(1).describe('PEM file of the account key; made when it is missing.'),
  challengeHost: z.string().default('0.0.0.0').describe('Address that answers the http-01 challenge.'),
  challengePort: z
    .int()
    .min(1)
    .max(65_535)
    .default(80)
    .describe('TCP port that answers the http-01 challenge. The authority asks port 80 of each domain.'),
  renewBeforeDays: z
    .int()
    .min(1)
    .max(365)
    .default(30)
    .describe('Days before its end at which the certificate is renewed.'),
});

/** TLS of one public listener. */
export const listenerTls = z.strictObject({
  certificateFile: z.string().min(1).describe('PEM file of the certificate and its chain, the certificate first.'),
  keyFile: z.string().min(1).describe("PEM file of the certificate's key."),
  minimumVersion: z.enum(['TLSv1.2', 'TLSv1.3']).default('TLSv1.2').describe('Oldest version of TLS that is spoken.'),
  acme: acme
    .optional()
    .describe('Gets and renews the certificate, and writes the two files. For one machine that port 80 leads to.'),
});

export type ListenerTlsConfig = z.infer<typeof listenerTls>;
export type AcmeConfig = z.infer<typeof acme>;
