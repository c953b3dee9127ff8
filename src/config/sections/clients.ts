import { z } from 'zod';
import { parseVersion } from '../../lib/version.ts';

const version = z.string().refine((text) => parseVersion(text) !== undefined, 'write a version such as 1.4.0');
const headerName = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'write a header name in lower case');

const client = z.strictObject({
  minimumVersion: version
    .optional()
    .describe('Older builds get CLIENT_VERSION_UNSUPPORTED for everything but appStatus. Default: none is refused.'),
  recommendedVersion: version.optional().describe('Older builds are told by appStatus that there is an update.'),
  storeUrl: z.url().optional().describe('Where to get the current build.'),
  message: z
    .string()
    .max(300)
    .optional()
    .describe('Sentence that appStatus says to builds below the minimum or the recommended version.'),
});

export const clients = z
  .record(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'write a client name'), client)
  .default({})
  .describe(
    'Apps by the name that they send. One that is not listed, or whose version cannot be read, is never refused.',
  );

export const clientIdentity = z
  .strictObject({
    nameHeader: headerName.default('apollographql-client-name').describe('Request header with the name of the app.'),
    versionHeader: headerName
      .default('apollographql-client-version')
      .describe('Request header with the version of the build.'),
    unsupportedStatus: z
      .union([z.literal(403), z.literal(426)])
      .default(403)
      .describe('HTTP status for builds below their minimum version: 403, or 426 with an Upgrade header.'),
  })
  .prefault({})
  .describe('How an app says what it is.');

export type ClientsConfig = z.output<typeof clients>;
export type ClientIdentityConfig = z.output<typeof clientIdentity>;
