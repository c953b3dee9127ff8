import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLocaleResolver } from '../../../src/ingress/locale.ts';

const localeOf = createLocaleResolver({ language: 'en-GB', timeZone: 'UTC' });

/** Language of amounts and days, and of what is said. */
function languages(accept: string | undefined, claim?: string): [string, string] {
  const { language, textLanguage } = localeOf(
    accept === undefined ? {} : { 'accept-language': accept },
    claim === undefined ? {} : { locale: claim },
  );
  return [language, textLanguage ?? language];
}

const cases: readonly [what: string, accept: string | undefined, claim: string | undefined, ...expected: string[]][] = [
  ['the first of equal weights', 'de, fr', undefined, 'de', 'de'],
  ['the region stays for amounts and days', 'de-AT', undefined, 'de-AT', 'de-AT'],
  ['the weight decides, not the place', 'fr;q=0.3, de;q=0.8', undefined, 'de', 'de'],
  ['the first that has texts is said, further down the list', 'nl, de', undefined, 'nl', 'de'],
  ['as browsers send it', 'nl-NL,nl;q=0.9,de-CH;q=0.8,en;q=0.7', undefined, 'nl-NL', 'de-CH'],
  ['what is refused is not said', 'nl, de;q=0, fr;q=0.1', undefined, 'nl', 'fr'],
  ['the token is asked for texts that the header has not', 'nl', 'fr-CA', 'nl', 'fr-CA'],
  ['the header goes before the token', 'de', 'fr', 'de', 'de'],
  ['the token where there is no header', undefined, 'fr-CA', 'fr-CA', 'fr-CA'],
  ['a wildcard asks for nothing in particular', '*', undefined, 'en-GB', 'en-GB'],
  ['nothing that is known', 'x, <script>, 12', undefined, 'en-GB', 'en-GB'],
  ['a weight that is none makes a range that is none', 'de;q=high, fr', undefined, 'fr', 'fr'],
  ['weights in either case, with spaces', 'fr ; Q=0.2 , de ; q=0.9', undefined, 'de', 'de'],
  ['neither has texts: what is said is English', 'nl', 'sv', 'nl', 'nl'],
];

for (const [what, accept, claim, ...expected] of cases)
  test(`Accept-Language ${JSON.stringify(accept)}${claim ? ` and a token's ${claim}` : ''}: ${what}`, () => {
    assert.deepEqual(languages(accept, claim), expected);
  });
