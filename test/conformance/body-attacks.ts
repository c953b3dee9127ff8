import { accepted, badRequest, family, get, head, type HttpAttack, notAllowed, post, tooLarge } from './http-attack.ts';

const good = '{"query":"{__typename}"}';
const parseFailed = { status: 400, code: 'GRAPHQL_PARSE_FAILED' } as const;
const invalid = { status: 400, code: 'GRAPHQL_VALIDATION_FAILED' } as const;
const badInput = { status: 400, code: 'BAD_USER_INPUT' } as const;
const tooComplex = { status: 400, code: 'OPERATION_TOO_COMPLEX' } as const;
const unresolved = { status: 400, code: 'OPERATION_RESOLUTION_FAILURE' } as const;

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
const around = (middle: Buffer): Buffer => Buffer.concat([Buffer.from('{"query":"'), middle, Buffer.from('"}')]);
const withVariables = (variables: string): string => `{"query":"{__typename}","variables":${variables}}`;

/** RFC 8259: what is not JSON is not repaired. */
const syntax = family('JSON', [
  ['good', post(good), accepted],
  ['with white space around', post(` \t\r\n${good}\r\n `), accepted],
  ['with escapes', post('{"\\u0071uery":"{\\u005f_typename}"}'), accepted],
  ...[
    '',
    ' ',
    '{',
    '}',
    '[',
    ']',
    '"',
    '{]',
    '[}',
    '{"query"}',
    '{"query":}',
    '{"query":"{__typename}"',
    '{"query":"{__typename}}',
    '{"query":"{__typename}"}}',
    '{"query":"{__typename}"},',
    '{"query":"{__typename}",}',
    '{,"query":"{__typename}"}',
    '{"query" "{__typename}"}',
    '{"query"::"{__typename}"}',
    '{query:"{__typename}"}',
    "{'query':'{__typename}'}",
    '{"query":"{__typename}"}{"query":"{__typename}"}',
    '{"query":"{__typename}"} x',
    '{"query":"{__typename}"}//',
    '/**/{"query":"{__typename}"}',
    '{"query":"{__typename}" /* x */}',
    '{"query":`{__typename}`}',
    '{"query":undefined}',
    '{"query":NaN}',
    '{"query":Infinity}',
    '{"query":True}',
    '{"query":nul}',
    '{"query":0x10}',
    '{"query":01}',
    '{"query":+1}',
    '{"query":1.}',
    '{"query":.5}',
    '{"query":1e}',
    '{"query":-}',
    '{"query":"\\x41"}',
    '{"query":"\\u12"}',
    '{"query":"\\u00zz"}',
    '{"query":"\\"}',
    '{"query":"a\nb"}',
    '{"query":"a\tb"}',
    '{"query":"a\u0000b"}',
    '{"query":"a\u001fb"}',
    ")]}',\n{}",
    'query={__typename}',
    'query=%7B__typename%7D',
    '<query>{__typename}</query>',
    '{__typename}',
    'query { __typename }',
    '--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{}\r\n--x--',
    '\u0000',
    '\u0000{"query":"{__typename}"}',
    '{"query":"{__typename}"}\u0000',
    '\u000b{}',
    '\u00a0{}',
  ].map((text) => [JSON.stringify(text), post(text), badRequest] as const),
  ['100 000 open brackets', post('['.repeat(100_000)), badRequest],
  ['100 000 open objects', post('{"a":'.repeat(40_000)), badRequest],
]);

const encodings = family('UTF8', [
  ['a byte order mark (RFC 8259 §8.1)', post(`\ufeff${good}`), badRequest],
  ['UTF-16, little-endian', post(Buffer.from(good, 'utf16le')), badRequest],
  ['UTF-16 with its mark', post(Buffer.concat([bytes('fffe'), Buffer.from(good, 'utf16le')])), badRequest],
  ['UTF-32', post(Buffer.from([...good].flatMap((sign) => [sign.charCodeAt(0), 0, 0, 0]))), badRequest],
  [
    'gzip that says nothing of it',
    post(bytes('1f8b0800000000000003ab562a2c4d2daa54b252aa8e8f2fa92c48cd4bcc4dad55aa05006d14d2ec18000000')),
    badRequest,
  ],
  ['a byte that begins nothing', post(around(bytes('80'))), badRequest],
  ['0xFF', post(around(bytes('ff'))), badRequest],
  ['a sequence that is cut', post(around(bytes('e282'))), badRequest],
  ['an overlong slash', post(around(bytes('c0af'))), badRequest],
  ['an overlong null', post(around(bytes('c080'))), badRequest],
  ['an overlong slash in three bytes', post(around(bytes('e080af'))), badRequest],
  ['half a surrogate pair', post(around(bytes('eda080'))), badRequest],
  ['a surrogate pair in six bytes', post(around(bytes('eda081edb080'))), badRequest],
  ['a code point above U+10FFFF', post(around(bytes('f4908080'))), badRequest],
  ['five bytes', post(around(bytes('f888808080'))), badRequest],
  ['latin-1', post(around(bytes('e4f6fc'))), badRequest],
  ['signs of four bytes in a comment', post('{"query":"{__typename} # 😀"}'), accepted],
  ['half a pair by escape, in a comment', post('{"query":"{__typename} # \\ud800"}'), parseFailed],
  ['a null by escape', post('{"query":"{__typename}\\u0000"}'), parseFailed],
  ['direction marks', post('{"query":"{__typename} # \u202e\u2066"}'), accepted],
]);

/** GraphQL over HTTP §5.1: each parameter has one type. */
const shapes = family('SHAPE', [
  ...[
    'null',
    'true',
    'false',
    '0',
    '-1.5e3',
    '"{__typename}"',
    '[]',
    '[null]',
    `[${good}]`,
    `[${good},${good}]`,
    '{}',
  ].map((text) => [text, post(text), badRequest] as const),
  ['a batch of 1 000', post(`[${Array.from({ length: 1_000 }, () => good).join(',')}]`), badRequest],
  ...['1', 'true', '{}', '[]', '["{__typename}"]', '{"toString":1}'].map(
    (value) => [`query: ${value}`, post(`{"query":${value}}`), badRequest] as const,
  ),
  ['query: null', post('{"query":null}'), badRequest],
  ['query: empty', post('{"query":""}'), parseFailed],
  ['query: white space', post('{"query":"  \\n"}'), parseFailed],
  ['query: a comment', post('{"query":"# nothing"}'), parseFailed],
  ['query: not GraphQL', post('{"query":"SELECT 1"}'), parseFailed],
  [
    'query: a type definition',
    post('{"query":"type A { b: Int }"}'),
    { ...parseFailed, code: 'GRAPHQL_VALIDATION_FAILED', level: 'SHOULD' },
  ],
  [
    'query: a fragment alone',
    post('{"query":"fragment A on Query { __typename }"}'),
    { ...unresolved, code: 'GRAPHQL_VALIDATION_FAILED', level: 'SHOULD' },
  ],
  ['query: a subscription', post('{"query":"subscription { a }"}'), unresolved],
  ['query: a field that is not there', post('{"query":"{ nope }"}'), invalid],
  ...['1', 'true', '{}', '[]'].map(
    (value) =>
      [`operationName: ${value}`, post(`{"query":"{__typename}","operationName":${value}}`), badRequest] as const,
  ),
  ['operationName: null', post('{"query":"{__typename}","operationName":null}'), accepted],
  ['operationName: empty', post('{"query":"{__typename}","operationName":""}'), accepted],
  ['operationName: unknown', post('{"query":"query A {__typename}","operationName":"B"}'), unresolved],
  ['operationName: of Object', post('{"query":"query A {__typename}","operationName":"__proto__"}'), unresolved],
  [
    'operationName: 100 000 letters',
    post(`{"query":"query A {__typename}","operationName":"${'a'.repeat(100_000)}"}`),
    unresolved,
  ],
  ['two operations and no name', post('{"query":"query A {__typename} query B {__typename}"}'), unresolved],
  ...['1', 'true', '"{}"', '[]', '[{}]'].map(
    (value) => [`variables: ${value}`, post(withVariables(value)), badRequest] as const,
  ),
  ['variables: null', post(withVariables('null')), accepted],
  ['variables: {}', post(withVariables('{}')), accepted],
  ['variables nobody asked for', post(withVariables('{"a":1,"b":[1,2,{"c":null}]}')), accepted],
  ...['1', 'true', '"{}"', '[]'].map(
    (value) => [`extensions: ${value}`, post(`{"query":"{__typename}","extensions":${value}}`), badRequest] as const,
  ),
  ['extensions: null', post('{"query":"{__typename}","extensions":null}'), accepted],
  ...['1', 'true', '{}', '[]'].map(
    (value) => [`documentId: ${value}`, post(`{"documentId":${value}}`), badRequest] as const,
  ),
  [
    'documentId: unknown',
    post(`{"documentId":"sha256:${'0'.repeat(64)}"}`),
    { status: 404, code: 'PERSISTED_DOCUMENT_NOT_FOUND' },
  ],
  [
    'documentId: no digest',
    post('{"documentId":"../../etc/passwd"}'),
    { status: 404, code: 'PERSISTED_DOCUMENT_NOT_FOUND' },
  ],
  ['documentId of another text', post(`{"query":"{__typename}","documentId":"sha256:${'0'.repeat(64)}"}`), badRequest],
  ...[
    '1',
    '"x"',
    '[]',
    '{}',
    '{"version":2,"sha256Hash":"x"}',
    '{"version":1}',
    '{"version":1,"sha256Hash":1}',
    '{"version":1,"sha256Hash":"x"}',
  ].map(
    (value) =>
      [
        `persistedQuery: ${value}`,
        post(`{"query":"{__typename}","extensions":{"persistedQuery":${value}}}`),
        badRequest,
      ] as const,
  ),
  ['parameters nobody knows', post('{"query":"{__typename}","id":1,"doc_id":{},"operations":[]}'), accepted],
  [
    'a parameter twice: the last counts (RFC 8259 §4)',
    post('{"query":1,"query":"{__typename}"}'),
    { ...accepted, level: 'SHOULD' },
  ],
]);

/** What has changed prototypes, filled memory or stopped the loop elsewhere. */
const hostile = family('HOSTILE', [
  ['__proto__ beside the query', post('{"__proto__":{"polluted":1},"query":"{__typename}"}'), accepted],
  ['__proto__ that has the query', post('{"__proto__":{"query":"{__typename}"}}'), badRequest],
  ['constructor that has the query', post('{"constructor":{"prototype":{"query":"{__typename}"}}}'), badRequest],
  ['__proto__ in the variables', post(withVariables('{"__proto__":{"polluted":1}}')), accepted],
  ['constructor in the variables', post(withVariables('{"constructor":{"prototype":{"polluted":1}}}')), accepted],
  ['__proto__ in the extensions', post('{"query":"{__typename}","extensions":{"__proto__":{"cost":true}}}'), accepted],
  ['a key that is a number', post(withVariables('{"0":1,"4294967295":2}')), accepted],
  ['numbers that overflow', post(withVariables('{"a":1e400,"b":-1e400}')), accepted],
  ['integers that lose digits', post(withVariables('{"a":9007199254740993}')), accepted],
  ['a number of 10 000 digits', post(withVariables(`{"a":${'9'.repeat(10_000)}}`)), accepted],
  ['variables 11 deep', post(withVariables(`${'{"a":'.repeat(11)}1${'}'.repeat(11)}`)), tooComplex],
  ['variables 40 000 deep', post(withVariables(`${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`)), tooComplex],
  ['lists 100 000 deep', post(withVariables(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)), tooComplex],
  [
    '1 100 variables',
    post(withVariables(`{${Array.from({ length: 1_100 }, (_, at) => `"a${at}":1`).join(',')}}`)),
    tooComplex,
  ],
  [
    'keys of equal hash, integer-like (CVE-2025-27209)',
    post(withVariables(`{${Array.from({ length: 900 }, (_, at) => `"${at * 16_777_216}":1`).join(',')}}`)),
    accepted,
  ],
  ['a text of 17 000 letters', post(withVariables(`{"a":"${'a'.repeat(17_000)}"}`)), tooComplex],
  ['a name of 17 000 letters', post(withVariables(`{"${'a'.repeat(17_000)}":1}`)), tooComplex],
  ['an enormous document', post(`{"query":"{ ${'a '.repeat(100_000)}}"}`), tooComplex],
  ['a document that is one long name', post(`{"query":"{ ${'a'.repeat(200_000)} }"}`), tooComplex],
  ['braces that never close', post(`{"query":"${'{a'.repeat(50_000)}"}`), tooComplex],
  ['a card number for a name', post('{"query":"{ a4111111111111111 }"}'), invalid],
  ['a card number for an operation', post('{"query":"query Pay4111111111111111 { __typename }"}'), accepted],
  [
    'a card number for a variable’s value',
    post(
      '{"query":"query A($n: Int) { viewer { avatar(size: $n) { url } } }","variables":{"n":{"card":"4111111111111111"}}}',
    ),
    badInput,
  ],
  [
    'a variable that does not fit',
    post('{"query":"query A($n: Int!) { viewer { avatar(size: $n) { url } } }"}'),
    badInput,
  ],
]);

const lengths = family('LENGTH', [
  ['as large as allowed', post(`${good}${' '.repeat(262_144 - good.length)}`), accepted],
  ['one byte more', post(`${good}${' '.repeat(262_145 - good.length)}`), tooLarge],
  ['a million bytes', post(`${good}${' '.repeat(1_000_000)}`), tooLarge],
  [
    'announced as 8 MB and never sent',
    [head('POST /graphql HTTP/1.1', { 'Content-Type': 'application/json', 'Content-Length': '8000000' })],
    tooLarge,
  ],
  [
    'announced as 8 TB and never sent',
    [head('POST /graphql HTTP/1.1', { 'Content-Type': 'application/json', 'Content-Length': '8000000000000' })],
    tooLarge,
  ],
  [
    'a million bytes in chunks',
    [
      head('POST /graphql HTTP/1.1', { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' }),
      ...Array.from({ length: 16 }, () => `10000\r\n${' '.repeat(65_536)}\r\n`),
      '0\r\n\r\n',
    ],
    tooLarge,
  ],
  [
    'in chunks of one byte',
    [
      head('POST /graphql HTTP/1.1', { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' }),
      ...[...good].map((sign) => `1\r\n${sign}\r\n`),
      '0\r\n\r\n',
    ],
    accepted,
  ],
  [
    'with trailers',
    [
      head('POST /graphql HTTP/1.1', {
        'Content-Type': 'application/json',
        'Transfer-Encoding': 'chunked',
        Trailer: 'X-User-ID',
      }),
      `${good.length.toString(16)}\r\n${good}\r\n0\r\nX-User-ID: admin\r\n\r\n`,
    ],
    accepted,
  ],
  [
    'no length and no chunks',
    [head('POST /graphql HTTP/1.1', { 'Content-Type': 'application/json' }), good],
    badRequest,
  ],
  ['a GET with a body', [get({ 'Content-Length': String(good.length) }), good], accepted],
]);

const query = (parameters: string, headers = {}): string => get(headers, '', `/graphql?${parameters}`);
const q = 'query=%7B__typename%7D';

/** GraphQL over HTTP §5.3: parameters of a GET are text, two of them JSON. */
const parameters = family('GET', [
  ['good', query(q), accepted],
  ['with a plus for a space', query('query=%7B+__typename+%7D'), accepted],
  ['nothing', get({}, '', '/graphql'), badRequest],
  ['an empty query string', query(''), badRequest],
  ['an empty document', query('query='), parseFailed],
  ['two documents', query(`${q}&${q}`), badRequest],
  ['two names', query(`${q}&operationName=A&operationName=B`), badRequest],
  ['two variables', query(`${q}&variables=%7B%7D&variables=%7B%7D`), badRequest],
  ['variables by brackets', query(`${q}&variables[a]=1`), accepted],
  ...['x', '1', '%22x%22', '%5B%5D', '%7B', 'true', ''].map(
    (value) => [`variables=${value}`, query(`${q}&variables=${value}`), badRequest] as const,
  ),
  ...['x', '1', '%5B%5D', '%7B'].map(
    (value) => [`extensions=${value}`, query(`${q}&extensions=${value}`), badRequest] as const,
  ),
  ['variables=null', query(`${q}&variables=null`), accepted],
  ['an escape that is none', query('query=%7B__typename%zz%7D'), parseFailed],
  ['bytes that are no UTF-8', query('query=%7B__typename%ff%7D'), parseFailed],
  ['a null byte', query('query=%7B__typename%00%7D'), parseFailed],
  ['an unknown operation', query(`${q}&operationName=A`), unresolved],
  ['a mutation', query('query=mutation%7BupdateProfile(input:%7B%7D)%7B__typename%7D%7D'), notAllowed],
  ['a valid mutation (RFC 9110 §9.2.1)', query('query=mutation%7B__typename%7D'), notAllowed],
  [
    'a mutation behind a query’s name',
    query('query=query+A%7B__typename%7D+mutation+B%7B__typename%7D&operationName=B'),
    notAllowed,
  ],
  ['__proto__', query(`${q}&__proto__=1&constructor=2`), accepted],
  ['1 000 parameters', query(`${q}&${'a=1&'.repeat(1_000)}`), accepted],
  ['a fragment in the target, a comment in GraphQL', query(`${q}#x`), { ...accepted, level: 'SHOULD' }],
]);

export const bodyAttacks: readonly HttpAttack[] = [
  ...syntax,
  ...encodings,
  ...shapes,
  ...hostile,
  ...lengths,
  ...parameters,
];
