import { KeyObject } from 'node:crypto';
import { type Credentials, credentialsFrom } from '../../src/auth/credentials.ts';
import { audience, issuer } from '../support/authenticator.ts';
import { claimsAt, encode, type Forge, headerOf, hmac, type Part, signature, token } from './token-forge.ts';

/** What must come of it: accepted, or a reason with its code. */
export type Verdict = 'accepted' | 'suspended' | (string & {});

export interface TokenCase {
  /** Never changes and is never used again. */
  readonly id: string;
  readonly level: 'MUST' | 'SHOULD' | 'MAY';
  readonly title: string;
  readonly offer: (forge: Forge) => Credentials;
  readonly verdict: Verdict;
}

type Make = (forge: Forge) => string;
const bearer =
  (make: Make) =>
  (forge: Forge): Credentials => ({ authorization: `Bearer ${make(forge)}` });

let counter = 0;
let family = '';
const cases: TokenCase[] = [];
function begin(name: string): void {
  family = name;
  counter = 0;
}
function raw(level: TokenCase['level'], title: string, offer: TokenCase['offer'], verdict: Verdict): void {
  cases.push({ id: `${family}-${String(++counter).padStart(2, '0')}`, level, title, offer, verdict });
}
function add(level: TokenCase['level'], title: string, make: Make, verdict: Verdict): void {
  raw(level, title, bearer(make), verdict);
}
const must = (title: string, make: Make, verdict: Verdict): void => add('MUST', title, make, verdict);
const should = (title: string, make: Make, verdict: Verdict): void => add('SHOULD', title, make, verdict);
const claims = (title: string, over: Part, verdict: Verdict): void => must(title, (f) => token(f, over), verdict);
const header = (title: string, over: Part, verdict: Verdict): void => must(title, (f) => token(f, {}, over), verdict);
/** A good token's three parts, changed. */
const changed = (title: string, change: (parts: [string, string, string]) => string, verdict: Verdict): void =>
  must(title, (f) => change(token(f).split('.') as [string, string, string]), verdict);
const json = (value: unknown): string => JSON.stringify(value);

begin('GOOD'); // what may not be refused
must('RS256', (f) => token(f), 'accepted');
must('PS256', (f) => token(f, {}, {}, f.ps), 'accepted');
must('ES256', (f) => token(f, {}, {}, f.es), 'accepted');
must('EdDSA', (f) => token(f, {}, {}, f.ed), 'accepted');
must('the second trusted issuer', (f) => token(f, { iss: `${issuer}/partner` }, {}, f.partner), 'accepted');
header('no typ', { typ: undefined }, 'accepted');
header('typ JWT (RFC 7519 section 5.1)', { typ: 'JWT' }, 'accepted');
header('typ in lower case', { typ: 'jwt' }, 'accepted');
header('typ AT+JWT: compared without case', { typ: 'AT+JWT' }, 'accepted');
header('typ application/at+jwt (RFC 9068 section 2.1)', { typ: 'application/at+jwt' }, 'accepted');
header('an unknown header member is ignored (RFC 7515 section 4)', { 'x-extra': 1 }, 'accepted');
claims('an unknown claim is ignored (RFC 7519 section 4)', { 'x-extra': { a: [1] } }, 'accepted');
claims('aud as a list with ours', { aud: ['https://other.example', audience] }, 'accepted');
must('exp with a fraction (RFC 7519 NumericDate)', (f) => token(f, { exp: f.now + 600.5 }), 'accepted');
must('expired within the skew', (f) => token(f, { exp: f.now - 9 }), 'accepted');
must('nbf within the skew', (f) => token(f, { nbf: f.now + 9 }), 'accepted');
must('iat within the skew', (f) => token(f, { iat: f.now + 9 }), 'accepted');
claims('no iat', { iat: undefined }, 'accepted');
claims('a subject of 255 characters', { sub: 'u'.repeat(255) }, 'accepted');
claims('an unknown role gives nothing', { role: 'root' }, 'accepted');
claims('scopes as a list', { scope: ['a', 'b'] }, 'accepted');
claims('profile claims of wrong types are left out', { name: 7, locale: [], email: null }, 'accepted');
should('almost 8 KB', (f) => token(f, { pad: 'p'.repeat(5_300) }), 'accepted');

begin('ALG'); // RFC 8725 sections 2.1, 3.1, 3.2
for (const alg of ['none', 'None', 'NONE', 'nOnE', '']) {
  must(
    `alg ${json(alg)} without a signature`,
    (f) => `${encode(headerOf(f.rs, { alg }))}.${encode(claimsAt(f.now))}.`,
    'malformed',
  );
  must(`alg ${json(alg)} with a good signature`, (f) => token(f, {}, { alg }), 'algorithm_not_allowed');
}
header('alg missing', { alg: undefined }, 'malformed');
for (const alg of [null, 256, true, ['RS256'], { name: 'RS256' }]) header(`alg ${json(alg)}`, { alg }, 'malformed');
for (const alg of [
  'rs256',
  'RS256 ',
  ' RS256',
  'RS-256',
  'RSA-SHA256',
  'RS384',
  'RS512',
  'ES256K',
  'ES384',
  'dir',
  'RSA-OAEP',
])
  header(`alg ${json(alg)}`, { alg }, 'algorithm_not_allowed');
for (const alg of ['__proto__', 'constructor', 'toString', 'hasOwnProperty'])
  header(`alg ${alg}`, { alg }, 'algorithm_not_allowed');
for (const [digest, alg] of [
  ['sha256', 'HS256'],
  ['sha384', 'HS384'],
  ['sha512', 'HS512'],
] as const) {
  const secrets: [string, (f: Forge) => string | Buffer][] = [
    ['the public key in PEM', (f) => KeyObject.from(f.rs.publicKey).export({ type: 'spki', format: 'pem' })],
    ['the public key in DER', (f) => KeyObject.from(f.rs.publicKey).export({ type: 'spki', format: 'der' })],
    ['the public JWK', (f) => json(f.rs.publicJwk)],
    ['the modulus', (f) => Buffer.from(f.rs.publicJwk.n ?? '', 'base64url')],
    ['an empty secret', () => ''],
  ];
  for (const [what, secret] of secrets)
    must(
      `${alg} keyed with ${what}`,
      (f) => {
        const input = `${encode(headerOf(f.rs, { alg }))}.${encode(claimsAt(f.now))}`;
        return `${input}.${hmac(digest, secret(f), input).toString('base64url')}`;
      },
      'algorithm_not_allowed',
    );
}
must('PS256 with a key published for RS256', (f) => token(f, {}, { alg: 'PS256' }), 'unknown_key');
must('ES256 named on an RSA key', (f) => token(f, {}, { alg: 'ES256' }), 'unknown_key');
must('EdDSA named on an RSA key', (f) => token(f, {}, { alg: 'EdDSA' }), 'unknown_key');
must('RS256 named on an EC key', (f) => token(f, {}, { alg: 'RS256' }, f.es), 'unknown_key');

begin('SIG'); // RFC 7515 section 5.2
const last = (text: string): string => text.slice(-1);
changed('no signature', ([h, p]) => `${h}.${p}.`, 'malformed');
changed('no signature and no dot', ([h, p]) => `${h}.${p}`, 'malformed');
changed('a signature of one byte', ([h, p]) => `${h}.${p}.AA`, 'bad_signature');
changed(
  'first character changed',
  ([h, p, s]) => `${h}.${p}.${s.startsWith('A') ? 'B' : 'A'}${s.slice(1)}`,
  'bad_signature',
);
changed(
  'a character within changed',
  ([h, p, s]) => `${h}.${p}.${s.slice(0, 40)}${s[40] === 'A' ? 'B' : 'A'}${s.slice(41)}`,
  'bad_signature',
);
changed(
  'last bytes cut off',
  ([h, p, s]) => `${h}.${p}.${Buffer.from(s, 'base64url').subarray(0, -3).toString('base64url')}`,
  'bad_signature',
);
changed(
  'bytes added',
  ([h, p, s]) => `${h}.${p}.${Buffer.concat([Buffer.from(s, 'base64url'), Buffer.from('xy')]).toString('base64url')}`,
  'bad_signature',
);
changed(
  'all zero',
  ([h, p, s]) => `${h}.${p}.${Buffer.alloc(Buffer.from(s, 'base64url').length).toString('base64url')}`,
  'bad_signature',
);
must(
  'the signature of another token',
  (f) => `${token(f).split('.').slice(0, 2).join('.')}.${token(f, { sub: 'usr_2' }).split('.')[2]}`,
  'bad_signature',
);
must(
  'the claims of another subject',
  (f) => {
    const [h, , s] = token(f).split('.');
    return `${h}.${encode(claimsAt(f.now, { sub: 'usr_2' }))}.${s}`;
  },
  'bad_signature',
);
must('a foreign key under a known kid', (f) => token(f, {}, { kid: f.rs.kid }, f.foreign), 'bad_signature');
must(
  'ES256 with r = s = 0 (CVE-2022-21449)',
  (f) => `${token(f, {}, {}, f.es).split('.').slice(0, 2).join('.')}.${Buffer.alloc(64).toString('base64url')}`,
  'bad_signature',
);
must(
  'ES256 with a DER signature',
  (f) => {
    const input = token(f, {}, {}, f.es).split('.').slice(0, 2).join('.');
    const raw64 = signature(f.es, input);
    return `${input}.${Buffer.concat([Buffer.from([0x30, 0x44, 2, 32]), raw64.subarray(0, 32), Buffer.from([2, 32]), raw64.subarray(32)]).toString('base64url')}`;
  },
  'bad_signature',
);
must(
  'EdDSA of all ones',
  (f) => `${token(f, {}, {}, f.ed).split('.').slice(0, 2).join('.')}.${Buffer.alloc(64, 0xff).toString('base64url')}`,
  'bad_signature',
);
must("the partner's key in the name of the first issuer", (f) => token(f, {}, {}, f.partner), 'unknown_key');
must("the first issuer's key in the name of the partner", (f) => token(f, { iss: `${issuer}/partner` }), 'unknown_key');

begin('FORM'); // RFC 7515 section 2 and 7.1, RFC 4648 section 3.5
changed('padded with =', ([h, p, s]) => `${h}.${p}.${s}=`, 'malformed');
changed('padded with ==', ([h, p, s]) => `${h}.${p}.${s}==`, 'malformed');
changed('header padded', ([h, p, s]) => `${h}=.${p}.${s}`, 'malformed');
changed('payload padded', ([h, p, s]) => `${h}.${p}=.${s}`, 'malformed');
changed('percent-encoded padding', ([h, p, s]) => `${h}.${p}.${s}%3D`, 'malformed');
changed(
  'other trailing bits in the signature',
  ([h, p, s]) =>
    `${h}.${p}.${s.slice(0, -1)}${last(s) === 'A' || last(s) === 'Q' || last(s) === 'g' || last(s) === 'w' ? String.fromCharCode(last(s).charCodeAt(0) + 1) : 'B'}`,
  'malformed',
);
must(
  'other trailing bits in the payload',
  (f) => {
    const head = encode(headerOf(f.rs));
    const pay = encode(`${json(claimsAt(f.now))}${' '.repeat((4 - (json(claimsAt(f.now)).length % 3)) % 3)}`);
    const input = `${head}.${pay.slice(0, -1)}${nextTrailing(last(pay))}`;
    return `${input}.${signature(f.rs, input).toString('base64url')}`;
  },
  'malformed',
);
changed('the standard alphabet', ([h, p, s]) => `${h}.${p}.+/${s.slice(2)}`, 'malformed');
changed('a space at the end', (parts) => `${parts.join('.')} `, 'malformed');
changed('a space inside', ([h, p, s]) => `${h}.${p}. ${s}`, 'malformed');
changed('a tab inside', ([h, p, s]) => `${h}.${p}.\t${s}`, 'malformed');
changed('a line feed at the end', (parts) => `${parts.join('.')}\n`, 'malformed');
changed('a carriage return inside', ([h, p, s]) => `${h}\r\n.${p}.${s}`, 'malformed');
changed('a NUL at the end', (parts) => `${parts.join('.')}\0`, 'malformed');
changed('a byte order mark in front', (parts) => `\ufeff${parts.join('.')}`, 'malformed');
changed('a letter that is not ASCII', ([h, p, s]) => `${h}.${p}.\u0430${s.slice(1)}`, 'malformed');
changed('four parts', (parts) => `${parts.join('.')}.AA`, 'malformed');
changed('five parts, as a JWE has', ([h, p, s]) => `${h}.${p}.${s}.AA.AA`, 'malformed');
changed('a dot in front', (parts) => `.${parts.join('.')}`, 'malformed');
changed('an empty header', ([, p, s]) => `.${p}.${s}`, 'malformed');
changed('an empty payload', ([h, , s]) => `${h}..${s}`, 'malformed');
changed('one part', ([h]) => h, 'malformed');
changed('quoted', (parts) => `"${parts.join('.')}"`, 'malformed');
changed(
  'JSON serialization (RFC 7515 section 7.2)',
  ([h, p, s]) => json({ protected: h, payload: p, signature: s }),
  'malformed',
);
must('two dots', () => '..', 'malformed');
must('a word', () => 'undefined', 'malformed');

begin('HEAD'); // RFC 7515 section 4
for (const text of [
  '',
  'x',
  '[]',
  '["alg"]',
  '"RS256"',
  'null',
  '1',
  'true',
  '{',
  '{"alg":"RS256"',
  '{alg:"RS256"}',
  "{'alg':'RS256'}",
])
  must(`header is ${json(text)}`, (f) => token(f, {}, text), 'malformed');
must('header with a byte order mark', (f) => token(f, {}, `\ufeff${json(headerOf(f.rs))}`), 'malformed');
must(
  'header is not UTF-8',
  (f) =>
    token(
      f,
      {},
      Buffer.concat([
        Buffer.from(json(headerOf(f.rs)).slice(0, -1)),
        Buffer.from(',"x":"'),
        Buffer.from([0xc3, 0x28]),
        Buffer.from('"}'),
      ]),
    ),
  'malformed',
);
for (const [name, crit] of [
  ['b64', ['b64']],
  ['exp', ['exp']],
  ['unknown', ['x-unknown']],
  ['empty', []],
  ['a string', 'exp'],
  ['null', null],
  ['alg', ['alg']],
] as const)
  header(`crit: ${name}`, { crit, b64: undefined, exp: 1, 'x-unknown': 1 }, 'unknown_extension');
for (const b64 of [false, true, null, 'false', 0])
  header(`b64 ${json(b64)} without crit (RFC 7797 section 6)`, { b64 }, 'unknown_extension');
must(
  'b64 false with crit and an unencoded payload',
  (f) => {
    const head = encode(headerOf(f.rs, { b64: false, crit: ['b64'] }));
    const pay = encode(claimsAt(f.now));
    return `${head}.${pay}.${signature(f.rs, `${head}.${pay}`).toString('base64url')}`;
  },
  'unknown_extension',
);
for (const typ of [
  'logout+jwt',
  'dpop+jwt',
  'secevent+jwt',
  'id+jwt',
  'token-introspection+jwt',
  'oauth-authz-req+jwt',
  'entity-statement+jwt',
  'kb+jwt',
  'dc+sd-jwt',
  'vc+jwt',
  'facet-identity+jwt',
  'JOSE',
  'JOSE+JSON',
  'JWT ',
  'at+jwt;x=1',
  '',
  'x'.repeat(200),
])
  header(`typ ${json(typ.slice(0, 30))} (RFC 8725 section 3.11)`, { typ }, 'wrong_type');
for (const typ of [null, 1, true, ['JWT'], { JWT: 1 }]) header(`typ ${json(typ)}`, { typ }, 'wrong_type');
header('cty JWT: a nested token', { cty: 'JWT' }, 'wrong_type');
header('cty null', { cty: null }, 'wrong_type');

begin('KID'); // RFC 7515 section 4.1.4; RFC 8725 section 3.10
header('no kid while two keys fit', { kid: undefined }, 'unknown_key');
for (const kid of [
  'unknown',
  '',
  ' ',
  '../../../../dev/null',
  '/dev/null',
  "' OR 1=1 --",
  '"; DROP TABLE keys; --',
  '${7*7}',
  'http://127.0.0.1/keys',
  '__proto__',
  'constructor',
  'toString',
  'a\r\nx-injected: 1',
  'a\0b',
  '\ufeff',
  'ключ',
  '*',
])
  header(`kid ${json(kid)}`, { kid }, 'unknown_key');
for (const kid of [null, 0, 1, true, [], {}, ['a']]) header(`kid ${json(kid)}`, { kid }, 'malformed');
header('kid of 300 characters', { kid: 'k'.repeat(300) }, 'malformed');
must('kid with another case', (f) => token(f, {}, { kid: f.rs.kid.toLowerCase() }), 'unknown_key');
must('kid with a space behind', (f) => token(f, {}, { kid: `${f.rs.kid} ` }), 'unknown_key');
must("kid of another algorithm's key", (f) => token(f, {}, { kid: f.es.kid }), 'unknown_key');

begin('OWNKEY'); // RFC 8725 section 3.9 and 3.10: keys that the token brings are never used
must("jwk with the forger's key", (f) => token(f, {}, { jwk: f.foreign.publicJwk }, f.foreign), 'unknown_key');
must(
  "jwk with the forger's key under a known kid",
  (f) => token(f, {}, { jwk: { ...f.foreign.publicJwk, kid: f.rs.kid }, kid: f.rs.kid }, f.foreign),
  'bad_signature',
);
must('jku to the forger', (f) => token(f, {}, { jku: f.trap }, f.foreign), 'unknown_key');
must(
  'jku to the forger under a known kid',
  (f) => token(f, {}, { jku: f.trap, kid: f.rs.kid }, f.foreign),
  'bad_signature',
);
must('x5u to the forger', (f) => token(f, {}, { x5u: f.trap }, f.foreign), 'unknown_key');
must(
  'x5u to the forger under a known kid',
  (f) => token(f, {}, { x5u: f.trap, kid: f.rs.kid }, f.foreign),
  'bad_signature',
);
must(
  'x5c with nonsense under a known kid',
  (f) => token(f, {}, { x5c: ['AAAA'], kid: f.rs.kid }, f.foreign),
  'bad_signature',
);
must('jku on a good token is not followed', (f) => token(f, {}, { jku: f.trap }), 'accepted');
must('x5u on a good token is not followed', (f) => token(f, {}, { x5u: f.trap }), 'accepted');
must('jwk on a good token is not used', (f) => token(f, {}, { jwk: f.foreign.publicJwk }), 'accepted');
must('kid that is an address', (f) => token(f, {}, { kid: f.trap }, f.foreign), 'unknown_key');
must("iss that is the forger's address", (f) => token(f, { iss: f.trap }, {}, f.foreign), 'unknown_issuer');

begin('BODY'); // RFC 7519 section 7.2
for (const text of [
  '',
  'x',
  '[]',
  '"usr_1"',
  'null',
  '1',
  'false',
  '{',
  '{"sub":',
  '{"sub":"usr_1",}',
  "{'sub':'usr_1'}",
])
  must(`payload is ${json(text)}`, (f) => token(f, text), 'malformed');
must('payload with a byte order mark', (f) => token(f, `\ufeff${json(claimsAt(f.now))}`), 'malformed');
must(
  'payload is not UTF-8',
  (f) =>
    token(
      f,
      Buffer.concat([
        Buffer.from(json(claimsAt(f.now)).slice(0, -1)),
        Buffer.from(',"x":"'),
        Buffer.from([0xff, 0xfe]),
        Buffer.from('"}'),
      ]),
    ),
  'malformed',
);
must('two texts behind each other', (f) => token(f, json(claimsAt(f.now)) + json(claimsAt(f.now))), 'malformed');
should(
  'of two equal names the last counts (RFC 7519 section 4): an issuer that is not trusted',
  (f) => token(f, json(claimsAt(f.now)).replace('}', ',"iss":"https://evil.example"}')),
  'unknown_issuer',
);
should(
  'nesting of 2 000 levels in a claim that nobody reads',
  (f) => token(f, json(claimsAt(f.now)).replace('}', `,"x":${'['.repeat(2_000)}${']'.repeat(2_000)}}`)),
  'accepted',
);

begin('ISS'); // RFC 8725 section 3.8
claims('iss missing', { iss: undefined }, 'unknown_issuer');
for (const iss of [
  null,
  1,
  true,
  [issuer],
  { iss: issuer },
  '',
  ' ',
  `${issuer}/`,
  issuer.toUpperCase(),
  `${issuer} `,
  ` ${issuer}`,
  `${issuer}#x`,
  `${issuer}\0`,
  'https://id.example.evil.test',
  'http://id.example',
  '__proto__',
  'constructor',
])
  claims(`iss ${json(iss)}`, { iss }, 'unknown_issuer');

begin('AUD'); // RFC 7519 section 4.1.3, RFC 8725 section 3.9
claims('aud missing', { aud: undefined }, 'wrong_audience');
for (const aud of [
  null,
  1,
  true,
  {},
  { 0: audience },
  '',
  'https://facet.example/two',
  `${audience}/`,
  `${audience} `,
  audience.toUpperCase(),
  audience.slice(0, -1),
  '*',
  [],
  [[audience]],
  ['https://facet.example/two'],
  [null],
  [1],
])
  claims(`aud ${json(aud)}`, { aud }, 'wrong_audience');
claims('aud list with ours and a number', { aud: [audience, 1] }, 'bad_claims');
claims('aud list with ours and null', { aud: [null, audience] }, 'bad_claims');
claims('aud list with ours and a list', { aud: [audience, []] }, 'bad_claims');

begin('TIME'); // RFC 7519 sections 4.1.4 to 4.1.6
claims('exp missing', { exp: undefined }, 'bad_claims');
for (const exp of [null, '', 'never', '9999999999', true, [], {}, [9_999_999_999]])
  claims(`exp ${json(exp)}`, { exp }, 'bad_claims');
for (const exp of [0, -1, -9_999_999_999, 1, 0.5, 1e-300]) claims(`exp ${exp}`, { exp }, 'expired');
must('expired by more than the skew', (f) => token(f, { exp: f.now - 11 }), 'expired');
must('expired exactly by the skew', (f) => token(f, { exp: f.now - 10 }), 'expired');
must(
  'exp 1e400, which JSON reads as infinite',
  (f) => token(f, json(claimsAt(f.now, { exp: 0 })).replace('"exp":0', '"exp":1e400')),
  'bad_claims',
);
for (const exp of [1e308, Number.MAX_SAFE_INTEGER, 8.64e12 + 1]) claims(`exp ${exp}: no date`, { exp }, 'bad_claims');
must(
  'exp in milliseconds is a date far away and no reason to refuse',
  (f) => token(f, { exp: (f.now + 600) * 1000 }),
  'accepted',
);
must('nbf after the skew', (f) => token(f, { nbf: f.now + 11 }), 'not_yet_valid');
for (const nbf of [null, '', '0', true, [], {}]) claims(`nbf ${json(nbf)}`, { nbf }, 'bad_claims');
must(
  'nbf 1e400',
  (f) => token(f, json(claimsAt(f.now, { nbf: 0 })).replace('"nbf":0', '"nbf":1e400')),
  'not_yet_valid',
);
must('nbf 1e308', (f) => token(f, { nbf: 1e308 }), 'not_yet_valid');
must('iat after the skew', (f) => token(f, { iat: f.now + 11 }), 'not_yet_valid');
must('iat in ten years', (f) => token(f, { iat: f.now + 315_576_000 }), 'not_yet_valid');
for (const iat of [null, '', '0', true, [], {}]) claims(`iat ${json(iat)}`, { iat }, 'bad_claims');

begin('SUB'); // OpenID Connect Core section 2; it is sent on as a header
claims('sub missing', { sub: undefined }, 'bad_claims');
for (const sub of [
  null,
  0,
  1,
  true,
  [],
  ['usr_1'],
  {},
  { id: 'usr_1' },
  '',
  ' ',
  '\t',
  '\n',
  '\u00a0',
  '\u200b',
  'usr 1',
  ' usr_1',
  'usr_1 ',
  'usr_1\r\nx-user-role: admin',
  'usr_1\0',
  'usr_ü',
  '\ufeffusr_1',
])
  claims(`sub ${json(sub)}`, { sub }, 'bad_claims');
claims('sub of 256 characters', { sub: 'u'.repeat(256) }, 'bad_claims');

begin('CLAIM');
for (const role of [1, true, null, {}, { admin: true }, [1], [['admin']]])
  claims(`role ${json(role)}`, { role }, 'bad_claims');
for (const scope of [1, true, null, {}, [1], [null]]) claims(`scope ${json(scope)}`, { scope }, 'bad_claims');
for (const tier of [1, true, null, {}, ['pro']]) claims(`tier ${json(tier)}`, { tier }, 'bad_claims');
for (const account_status of [1, true, null, {}, ['active']])
  claims(`account_status ${json(account_status)}`, { account_status }, 'bad_claims');
for (const account_status of ['suspended', 'SUSPENDED', 'Locked', 'deactivated'])
  claims(`account_status ${account_status}`, { account_status }, 'suspended');
claims('bound to a DPoP key (RFC 9449 section 7.1)', { cnf: { jkt: 'x' } }, 'sender_constrained');
claims('bound to a certificate (RFC 8705 section 3)', { cnf: { 'x5t#S256': 'x' } }, 'sender_constrained');
claims(
  'a logout token without typ',
  { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } },
  'wrong_type',
);
must(
  'role admin by way of __proto__ gives nothing',
  (f) =>
    token(f, json(claimsAt(f.now, { role: undefined })).replace('{', '{"__proto__":{"role":"admin","scope":"admin"},')),
  'accepted',
);
claims('roles that are names of Object members give nothing', { role: '__proto__ constructor toString' }, 'accepted');

begin('SIZE');
for (const size of [6_200, 9_000, 16_000, 100_000, 1_000_000])
  must(`a signed token with ${size} bytes of claims`, (f) => token(f, { pad: 'p'.repeat(size) }), 'too_long');
must('9 KB of letters', () => 'A'.repeat(9_000), 'too_long');
must('9 KB of dots', () => '.'.repeat(9_000), 'too_long');
must('8 KB of dots', () => '.'.repeat(8_000), 'malformed');

begin('AUTHZ'); // RFC 6750 section 2.1, RFC 9110 section 11.4
const offer = (title: string, value: (good: string) => string, verdict: Verdict): void =>
  raw('MUST', title, (f) => ({ authorization: value(token(f)) }), verdict);
offer('bearer in lower case', (good) => `bearer ${good}`, 'accepted');
offer('BEARER in upper case', (good) => `BEARER ${good}`, 'accepted');
offer('two spaces', (good) => `Bearer  ${good}`, 'accepted');
offer('an empty header', () => '', 'unknown_scheme');
offer('only the scheme', () => 'Bearer', 'malformed');
offer('only the scheme and a space', () => 'Bearer ', 'malformed');
offer('no scheme', (good) => good, 'unknown_scheme');
offer('no space', (good) => `Bearer${good}`, 'unknown_scheme');
offer('a tab for the space', (good) => `Bearer\t${good}`, 'unknown_scheme');
offer('a colon', (good) => `Bearer: ${good}`, 'unknown_scheme');
offer('two tokens', (good) => `Bearer ${good} ${good}`, 'malformed');
offer('two credentials with a comma', (good) => `Bearer ${good}, Bearer ${good}`, 'malformed');
offer('in quotes', (good) => `Bearer "${good}"`, 'malformed');
offer('as a parameter', (good) => `Bearer token=${good}`, 'malformed');
for (const scheme of ['Basic', 'Digest', 'DPoP', 'Negotiate', 'Token', 'JWT', 'ApiKey', 'Bearer2'])
  offer(`the scheme ${scheme}`, (good) => `${scheme} ${good}`, 'unknown_scheme');
offer(
  'an API key as a bearer token',
  () => 'Bearer fct_AAAAAAAAAAAA_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  'malformed',
);

begin('KIND');
raw('MUST', 'nothing at all', () => ({}), 'missing');
raw('MUST', 'a token and an API key', (f) => ({ authorization: `Bearer ${token(f)}`, apiKey: 'x' }), 'two_kinds');
raw('MUST', 'a token and a session', (f) => ({ authorization: `Bearer ${token(f)}`, session: 'x' }), 'two_kinds');
raw('MUST', 'a token and an empty API key', (f) => ({ authorization: `Bearer ${token(f)}`, apiKey: '' }), 'two_kinds');
raw('MUST', 'an API key and a session', () => ({ apiKey: 'x', session: 'x' }), 'two_kinds');
raw('MUST', 'all three', (f) => ({ authorization: `Bearer ${token(f)}`, apiKey: 'x', session: 'x' }), 'two_kinds');
raw(
  'MUST',
  'the Authorization header twice',
  (f) => credentialsFrom(['Authorization', `Bearer ${token(f)}`, 'authorization', `Bearer ${token(f)}`]),
  'repeated',
);
raw('MUST', 'the X-API-Key header twice', () => credentialsFrom(['X-API-Key', 'x', 'x-api-key', 'x']), 'repeated');
raw('MUST', 'a token as an API key', (f) => ({ apiKey: token(f) }), 'key_malformed');
raw('MUST', 'a session where there are none', () => ({ session: 'x' }), 'kind_not_accepted');
for (const apiKey of [
  '',
  ' ',
  'x',
  'fct_',
  'fct__',
  'FCT_AAAAAAAAAAAA_A',
  `fct_AAAAAAAAAAAA_${'A'.repeat(49)}`,
  `fct_AAAAAAAAAAAA_${'A'.repeat(48)}`,
  `fct_../../../../_${'A'.repeat(49)}`,
  '\0',
  'A'.repeat(10_000),
])
  raw('MUST', `API key ${json(apiKey.slice(0, 24))}`, () => ({ apiKey }), 'key_malformed');

/** The same bits with a spelling that decoders take but encoders don't make. */
function nextTrailing(letter: string): string {
  return String.fromCharCode(letter.charCodeAt(0) + 1);
}

export const tokenCases: readonly TokenCase[] = cases;
