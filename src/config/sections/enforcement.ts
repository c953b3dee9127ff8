import { z } from 'zod';

const decision = z
  .strictObject({
    mode: z
      .enum(['enforce', 'report'])
      .default('enforce')
      .describe('enforce: a refusal is a refusal. report: the request passes, the refusal is logged and counted.'),
    until: z.iso
      .datetime({ offset: true })
      .optional()
      .describe(
        'When `report` ends by itself, as an RFC 3339 instant. Default: it lasts until the file says `enforce`.',
      ),
  })
  .prefault({});

/** Which decisions refuse and which only report what they would have refused. */
export const enforcement = z
  .strictObject({
    authentication: decision.describe('Missing and invalid credentials; in report mode the caller is anonymous.'),
    authorization: decision.describe('Roles and scopes of fields.'),
    operations: decision.describe('Registered operations only.'),
    limits: decision.describe('Rate limits and cost budgets.'),
  })
  .prefault({})
  .describe('Trial runs of new rules: each kind of decision can report instead of refuse.');

export type EnforcementConfig = z.output<typeof enforcement>;
export type DecisionSetting = z.output<typeof decision>;
