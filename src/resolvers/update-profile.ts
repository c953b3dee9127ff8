import type { UserRecord } from '../domain/records.ts';
import type { UserPatch } from '../generated/user-service.ts';
import { renewLoaders } from '../upstream/services/open-services.ts';
import { ifMatchOf, InputChecks } from './input-checks.ts';
import { isIdOf } from './record-id.ts';
import type { MutationResult } from './refusal.ts';
import { endOf, refusalOf } from './refusal-of.ts';
import type { ResolverContext } from './resolver-context.ts';

/** What is undefined stays as it is; null clears. */
export interface UpdateProfile {
  readonly displayName?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly locale?: string | null | undefined;
  readonly timeZone?: string | null | undefined;
  /** `UserRecord.version` as the client saw it; without it the last write wins. */
  readonly ifVersion?: string | null | undefined;
}

const paths = new Map([
  ['/display_name', ['displayName']],
  ['/phone', ['phone']],
  ['/locale', ['locale']],
  ['/time_zone', ['timeZone']],
]);

/** Changes the caller's own profile. It has no key: setting the same values twice does no harm. */
export async function updateProfile(
  input: UpdateProfile,
  context: ResolverContext,
): Promise<MutationResult<UserRecord, 'invalid' | 'changed' | 'unavailable' | 'unknown'>> {
  const { displayName, phone, locale, timeZone, ifVersion } = input;
  const patch: UserPatch = {
    ...(displayName !== undefined && { display_name: displayName?.trim() ?? '' }),
    ...(phone !== undefined && { phone: phone && phone.replaceAll(/[\s().-]/g, '') }),
    ...(locale !== undefined && { locale }),
    ...(timeZone !== undefined && { time_zone: timeZone }),
  };
  const checks = new InputChecks();
  checks.ifVersion(ifVersion);
  checks.expect(Object.keys(patch).length > 0, [], 'EMPTY');
  checks.expect(patch.display_name !== '', ['displayName'], 'REQUIRED');
  checks.line(patch.display_name, ['displayName'], 100);
  checks.expect(!patch.phone || /^\+[1-9][0-9]{4,14}$/.test(patch.phone), ['phone'], 'BAD_FORMAT');
  checks.expect(!locale || isLocale(locale), ['locale'], 'BAD_FORMAT');
  checks.expect(!timeZone || isTimeZone(timeZone), ['timeZone'], 'BAD_FORMAT');
  if (checks.mistakes.length > 0) return { kind: 'invalid', mistakes: checks.mistakes };
  const { subject } = context.principal;
  // A machine has no profile.
  if (!isIdOf('user', subject)) return noProfile;
  try {
    return { kind: 'done', value: await context.services.users.update(context, subject, patch, ifMatchOf(ifVersion)) };
  } catch (error) {
    const refusal = refusalOf(endOf(error), paths);
    return refusal.kind === 'not_found' || refusal.kind === 'key_reused' ? noProfile : refusal;
  } finally {
    renewLoaders(context);
  }
}

const noProfile = { kind: 'invalid', mistakes: [{ path: ['input'], code: 'NOT_ACCEPTED' }] } as const;

function isLocale(text: string): boolean {
  try {
    return text.length <= 35 && Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}

function isTimeZone(name: string): boolean {
  try {
    return name.length <= 64 && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
