import type { BrowserConfig } from '../config/sections/browser.ts';
import type { ClientIdentityConfig } from '../config/sections/clients.ts';
import type { Profile } from '../context/profile.ts';
import { HeaderBlock, type HeaderList } from './header-block.ts';

/** The headers that are the same on every answer. */
export interface FixedHeaders {
  of(secure: boolean): HeaderBlock;
}

/**
 * An answer is data: no page may frame it, no script in it may run, no type may be guessed. `Strict-Transport-Security` goes out only
 * over https, where it counts (RFC 6797 §7.2). `Vary` names all that answers depend on, for caches between us and the caller.
 */
export function createFixedHeaders(
  profile: Pick<Profile, 'cors'>,
  browser: BrowserConfig,
  clientIdentity: ClientIdentityConfig,
): FixedHeaders {
  const vary = [
    'Accept',
    'Accept-Encoding',
    'Accept-Language',
    'X-Time-Zone',
    'Authorization',
    'X-API-Key',
    'Cookie',
    clientIdentity.nameHeader,
    clientIdentity.versionHeader,
    ...(profile.cors === 'configured' ? ['Origin'] : []),
  ];
  const plain: HeaderList = Object.entries({
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    vary: vary.join(', '),
  }).flat();
  const overTls: HeaderList =
    browser.hstsSeconds === 0 ? plain : [...plain, 'strict-transport-security', `max-age=${browser.hstsSeconds}`];
  const blocks = { plain: new HeaderBlock(plain), overTls: new HeaderBlock(overTls) };
  return { of: (secure) => (secure ? blocks.overTls : blocks.plain) };
}
