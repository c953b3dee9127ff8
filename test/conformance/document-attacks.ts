/**
 * Documents that somebody may send to hurt, by what they attack. Each says the one code that it must be refused with, or `OK` where
 * it is harmless. Written for the browser client's schema in production.
 */
export interface DocumentAttack {
  readonly id: string;
  readonly document: string;
  readonly expects: 'OK' | DocumentRefusal;
  /** Where the refusal says so: the bound that was broken. */
  readonly limit?: string;
  readonly operationName?: string;
}

type DocumentRefusal =
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'OPERATION_TOO_COMPLEX'
  | 'OPERATION_RESOLUTION_FAILURE'
  | 'FAN_OUT_EXCEEDED';

const times = (count: number, text: string | ((index: number) => string), separator = ' '): string =>
  Array.from({ length: count }, (_, index) => (typeof text === 'string' ? text : text(index))).join(separator);

const tooComplex = (id: string, limit: string, document: string): DocumentAttack => ({
  id,
  document,
  expects: 'OPERATION_TOO_COMPLEX',
  limit,
});
const invalid = (id: string, document: string): DocumentAttack => ({
  id,
  document,
  expects: 'GRAPHQL_VALIDATION_FAILED',
});
const unparsable = (id: string, document: string): DocumentAttack => ({
  id,
  document,
  expects: 'GRAPHQL_PARSE_FAILED',
});
const fine = (id: string, document: string): DocumentAttack => ({ id, document, expects: 'OK' });

/** `count` fragments on User, each made of `body(index)`. */
const fragments = (count: number, body: (index: number) => string): string =>
  times(count, (index) => `fragment F${index} on User { ${body(index)} }`);

/** A document whose fragments double with every step: 2^steps fields from a few lines (GHSA-q2f9-x4p4-7xmh and its kin). */
const doubling = (steps: number, leaf: string): string =>
  `{ viewer { ...F0 } } ${fragments(steps, (index) => (index === steps - 1 ? leaf : `...F${index + 1} ...F${index + 1}`))}`;

/** Levels of `order { customer { orders { nodes { customer …`: valid at any depth. */
const chainOfOrders = (levels: number): string =>
  `{ viewer ${'{ orders(first: 1) { nodes { customer '.repeat(levels)}{ id }${' } } }'.repeat(levels)} }`;

const sizes = [100, 1_000, 10_000, 60_000];

const aliases: DocumentAttack[] = [
  fine('aliases: as many as allowed', `{ viewer { ${times(15, (index) => `a${index}: id`)} } }`),
  tooComplex('aliases: one more', 'aliases', `{ viewer { ${times(16, (index) => `a${index}: id`)} } }`),
  ...sizes.map((count) =>
    tooComplex(
      `aliases: bomb of ${count} leaves`,
      count > 600 ? 'tokens' : 'aliases',
      `{ viewer { ${times(count, (index) => `a${index}: email`)} } }`,
    ),
  ),
  ...[11, 20, 100].map((count) =>
    tooComplex(
      `aliases: ${count} times the root field`,
      count > 15 ? 'aliases' : 'rootFields',
      `{ ${times(count, (index) => `a${index}: viewer { id }`)} }`,
    ),
  ),
  tooComplex(
    'aliases: in a fragment that is spread often',
    'aliases',
    `{ viewer { ${times(8, '...A')} } } fragment A on User { x: id y: email }`,
  ),
  tooComplex(
    'aliases: in a fragment within a fragment',
    'aliases',
    `{ viewer { ...A ...A ...A ...A } } fragment A on User { ...B ...B ...B ...B } fragment B on User { x: id }`,
  ),
  tooComplex(
    'aliases: in inline fragments',
    'aliases',
    `{ viewer { ${times(16, (index) => `... on User { a${index}: id }`)} } }`,
  ),
  tooComplex(
    'aliases: in the second of two operations',
    'aliases',
    `query A { viewer { id } } query B { viewer { ${times(16, (index) => `a${index}: id`)} } }`,
  ),
  tooComplex(
    'aliases: of a mutation',
    'aliases',
    `mutation { ${times(16, (index) => `m${index}: cancelOrder(input: {orderId: "ord_1", reason: OTHER, idempotencyKey: "k"}) { __typename }`)} }`,
  ),
  tooComplex(
    'root fields: one mutation eleven times',
    'rootFields',
    `mutation { ${times(11, (index) => `m${index}: cancelOrder(input: {orderId: "ord_1", reason: OTHER, idempotencyKey: "k"}) { __typename }`)} }`,
  ),
  tooComplex('root fields: repeated without an alias', 'rootFields', `{ ${times(11, 'viewer { id }')} }`),
  tooComplex(
    'root fields: hidden in fragments',
    'rootFields',
    `{ ...R ...R ...R } fragment R on Query { ${times(4, 'viewer { id }')} }`,
  ),
  fine('root fields: ten', `{ ${times(10, 'viewer { id }')} }`),
];

const depth: DocumentAttack[] = [
  fine('depth: eleven levels', chainOfOrders(3)),
  tooComplex('depth: fourteen levels', 'depth', chainOfOrders(4)),
  ...[5, 10, 15, 19].map((levels) => tooComplex(`depth: ${levels * 3 + 2} levels`, 'depth', chainOfOrders(levels))),
  ...[100, 300].map((levels) => tooComplex(`depth: ${levels * 3 + 2} levels`, 'nesting', chainOfOrders(levels))),
  tooComplex('depth: ten thousand levels', 'nesting', '{ viewer '.repeat(10_000) + '}'.repeat(10_000)),
  tooComplex('depth: ten thousand levels, never closed', 'nesting', '{ viewer '.repeat(10_000)),
  tooComplex(
    'depth: hidden in fragments',
    'depth',
    `{ viewer { ...F0 } } ${fragments(13, (index) => (index === 12 ? 'id' : `orders(first: 1) { nodes { customer { ...F${index + 1} } } }`))}`,
  ),
  tooComplex(
    'depth: hidden in inline fragments',
    'depth',
    `{ viewer ${'{ ... on User { orders(first: 1) { ... { nodes { ... on Order { customer '.repeat(4)}{ id }${' } } } } } }'.repeat(4)} }`,
  ),
  tooComplex(
    'nesting: inline fragments in each other',
    'nesting',
    `{ ${'... { '.repeat(70)}viewer { id }${' }'.repeat(70)} }`,
  ),
  fine('nesting: inline fragments add no depth', `{ ${'... { '.repeat(60)}viewer { id }${' }'.repeat(60)} }`),
  ...[65, 1_000, 10_000, 100_000].flatMap((levels) => [
    tooComplex(
      `nesting: list value ${levels} deep`,
      'nesting',
      `{ order(id: ${'['.repeat(levels)}${']'.repeat(levels)}) { id } }`,
    ),
    tooComplex(`nesting: open list value ${levels} deep`, 'nesting', `{ order(id: ${'['.repeat(levels)}`),
    tooComplex(
      `nesting: object value ${levels} deep`,
      'nesting',
      `{ order(id: ${'{ a: '.repeat(levels)}1${' }'.repeat(levels)}) { id } }`,
    ),
    tooComplex(
      `nesting: list type ${levels} deep`,
      'nesting',
      `query ($a: ${'['.repeat(levels)}Int${']'.repeat(levels)}) { viewer { id } }`,
    ),
    tooComplex(`nesting: open arguments ${levels} deep`, 'nesting', `{ order${'('.repeat(levels)}`),
  ]),
  unparsable('nesting: closing brackets alone', '}'.repeat(1_000)),
  unparsable('nesting: opening after too many closing', `${'}'.repeat(100)}${'{'.repeat(100)}`),
];

const directives: DocumentAttack[] = [
  fine(
    'directives: fifty',
    `{ ${times(10, `... @include(if: true) { ${times(4, '__typename @skip(if: false)')} }`)} }`,
  ),
  ...[51, 200].map((count) =>
    tooComplex(
      `directives: ${count} on one field`,
      'directives',
      `{ viewer { id ${times(count, '@include(if: true)')} } }`,
    ),
  ),
  tooComplex('directives: unknown ones', 'directives', `{ viewer { id ${times(200, '@x')} } }`),
  tooComplex('directives: ten thousand', 'tokens', `{ viewer { id ${times(10_000, '@a')} } }`),
  tooComplex('directives: on the operation', 'directives', `query Q ${times(51, '@a')} { viewer { id } }`),
  tooComplex('directives: on variables', 'directives', `query Q($a: Int ${times(51, '@a')}) { viewer { id } }`),
  tooComplex(
    'directives: on a fragment that is spread often',
    'directives',
    `{ viewer { ${times(11, '...A')} } } fragment A on User { id ${times(5, '@a')} }`,
  ),
  tooComplex(
    'directives: on spreads',
    'directives',
    `{ viewer { ${times(51, '...A @include(if: true)')} } } fragment A on User { id }`,
  ),
  tooComplex(
    'directives: on inline fragments',
    'directives',
    `{ viewer { ${times(51, '... @include(if: true) { id }')} } }`,
  ),
  tooComplex(
    'directives: on the fragment itself',
    'directives',
    `{ viewer { ...A } } fragment A on User ${times(51, '@a')} { id }`,
  ),
  invalid('directives: twice where once is allowed', '{ viewer { id @include(if: true) @include(if: true) } }'),
  invalid('directives: unknown', '{ viewer { id @sneaky } }'),
  invalid('directives: of the schema, not for operations', '{ viewer { id @cost(weight: "0") } }'),
  invalid('directives: without its argument', '{ viewer { id @include } }'),
  invalid('directives: where it cannot stand', 'query @include(if: true) { viewer { id } }'),
];

const bombs: DocumentAttack[] = [
  ...[14, 20, 30, 60, 100].map((steps) =>
    tooComplex(`fragments: doubling ${steps} times`, 'fields', doubling(steps, 'id')),
  ),
  fine('fragments: doubling five times', doubling(5, 'id')),
  ...[10, 20, 40].map((steps) =>
    tooComplex(
      `fragments: tripling ${steps} times`,
      'fields',
      `{ viewer { ...F0 } } ${fragments(steps, (index) => (index === steps - 1 ? 'id' : times(3, `...F${index + 1}`)))}`,
    ),
  ),
  tooComplex(
    'fragments: every one spreads all that follow',
    'fields',
    `{ viewer { ...F0 } } ${fragments(24, (index) => `${times(23 - index, (next) => `...F${index + next + 1}`)} id`)}`,
  ),
  tooComplex(
    'fragments: doubling in two operations that are small alone',
    'fields',
    `query A { viewer { ...F0 } } query B { viewer { ...F0 } } ${fragments(13, (index) => (index === 12 ? 'id' : `...F${index + 1} ...F${index + 1}`))}`,
  ),
  tooComplex(
    'fragments: doubling of introspection',
    'fields',
    `{ ...F0 } ${times(14, (index) => `fragment F${index} on Query { ${index === 13 ? '__typename' : `...F${index + 1} ...F${index + 1}`} }`)}`,
  ),
  tooComplex(
    'fragments: doubling below fields, so that execution would double',
    'fields',
    `{ viewer { orders(first: 1) { nodes { ...O0 } } } } ${times(20, (index) => `fragment O${index} on Order { ${index === 19 ? 'id' : `...O${index + 1} ...O${index + 1}`} }`)}`,
  ),
  fine(
    'fragments: a chain of two hundred',
    `{ viewer { ...F0 } } ${fragments(200, (index) => (index === 199 ? 'id' : `...F${index + 1}`))}`,
  ),
  fine(
    'fragments: one hundred and fifty side by side',
    `{ viewer { ${times(150, (index) => `...F${index}`)} } } ${fragments(150, () => 'id')}`,
  ),
  invalid('fragments: itself', '{ viewer { ...A } } fragment A on User { ...A }'),
  invalid('fragments: each other', '{ viewer { ...A } } fragment A on User { ...B } fragment B on User { ...A }'),
  invalid(
    'fragments: a ring of three',
    '{ viewer { ...A } } fragment A on User { ...B } fragment B on User { ...C } fragment C on User { ...A }',
  ),
  invalid(
    'fragments: a ring below fields',
    '{ viewer { ...A } } fragment A on User { orders(first: 1) { nodes { customer { ...A } } } }',
  ),
  invalid('fragments: a ring nobody uses', '{ viewer { id } } fragment A on User { ...B } fragment B on User { ...A }'),
  invalid(
    'fragments: a ring through inline fragments',
    '{ viewer { ...A } } fragment A on User { ... on User { ... { ...A } } }',
  ),
  ...[2, 10, 60, 150].map((count) =>
    invalid(
      `fragments: a ring of ${count}`,
      `{ viewer { ...F0 } } ${fragments(count, (index) => `...F${(index + 1) % count}`)}`,
    ),
  ),
  // graphql-js itself overflows its stack on this one.
  invalid(
    'fragments: sixty that spread two others below fields, in rings',
    `{ viewer { ...F0 ...F1 } } ${fragments(60, (index) => `orders(first: 1) { nodes { customer { ...F${(index + 1) % 60} ...F${(index + 7) % 60} } } }`)}`,
  ),
  invalid('fragments: unknown', '{ viewer { ...Nowhere } }'),
  invalid('fragments: unused', '{ viewer { id } } fragment A on User { id }'),
  invalid(
    'fragments: twice the same name',
    '{ viewer { ...A } } fragment A on User { id } fragment A on User { email }',
  ),
  invalid('fragments: on a scalar', '{ viewer { ...A } } fragment A on String { id }'),
  invalid('fragments: on an unknown type', '{ viewer { ...A } } fragment A on Root { id }'),
  invalid('fragments: on a type that cannot be there', '{ viewer { ... on Order { id } } }'),
  unparsable('fragments: named on', '{ viewer { ...on } } fragment on on User { id }'),
  unparsable('fragments: empty', '{ viewer { ...A } } fragment A on User { }'),
];

const overlaps: DocumentAttack[] = [
  invalid('overlap: two fields under one name', '{ viewer { a: id a: email } }'),
  invalid('overlap: one field with two arguments', '{ viewer { avatar(size: 1) { url } avatar(size: 2) { url } } }'),
  invalid(
    'overlap: hidden in fragments',
    '{ viewer { ...A ...B } } fragment A on User { a: id } fragment B on User { a: email }',
  ),
  // CVE-2023-26144: pairs of pairs of fields.
  invalid('overlap: two thousand times one field', `{ viewer { ${times(1_900, 'id')} } }`),
  tooComplex('overlap: as many root fields as fit', 'rootFields', `{ ${times(450, 'viewer { id }')} }`),
  ...[100, 300].map((count) =>
    fine(`overlap: ${count} times one object`, `{ viewer { ${times(count, 'defaultAddress { id }')} } }`),
  ),
  fine(
    'overlap: eighty times a deep selection',
    `{ viewer { ${times(80, 'orders(first: 1) { nodes { total { currency } } }')} } }`,
  ),
  fine(
    'overlap: of fragments, pair by pair',
    `{ viewer { ${times(120, (index) => `...F${index}`)} } } ${fragments(120, (index) => `id email ...F${index === 119 ? 0 : 119}`.replace('...F0', 'phone'))}`,
  ),
];

const nameAttacks = (name: string): Readonly<Record<string, string>> => ({
  field: `{ ${name} }`,
  argument: `{ viewer(${name}: 1) { id } }`,
  directive: `{ viewer { id @${name} } }`,
  type: `{ viewer { ... on ${name} { id } } }`,
  variable: `query ($${name}: Int) { viewer { id } }`,
  fragment: `{ viewer { ...${name} } }`,
  'enum value': `{ viewer { orders(sortBy: {key: ${name}}) { nodes { id } } } }`,
  operation: `query ${name} { viewer { id } }`,
  alias: `{ ${name}: viewer { id } }`,
});

function longNames(length: number): DocumentAttack[] {
  const name = 'x'.repeat(length);
  const digits = '9'.repeat(length);
  const names = Object.entries(nameAttacks(name)).map(([what, document]) =>
    tooComplex(`names: ${what} of ${length} characters`, 'nameLength', document),
  );
  return names.concat(
    fine(`names: string of ${length} characters`, `{ order(id: "${name}") { id } }`),
    invalid(`names: number of ${length} digits`, `{ viewer { orders(first: ${digits}) { nodes { id } } } }`),
    unparsable(`names: unfinished string of ${length} characters`, `{ order(id: "${name}`),
    unparsable(`names: unfinished block string of ${length} characters`, `{ order(id: """${name}`),
  );
}

const sizesOfText: DocumentAttack[] = [
  ...sizes
    .slice(2)
    .map((count) => tooComplex(`tokens: ${count} fields`, 'tokens', `{ viewer { ${times(count, 'id')} } }`)),
  tooComplex('tokens: two hundred thousand brackets', 'tokens', '{}'.repeat(100_000)),
  tooComplex('tokens: two hundred thousand names', 'tokens', 'a '.repeat(100_000)),
  tooComplex('tokens: numbers', 'tokens', `{ order(id: [${times(3_000, (index) => String(index))}]) { id } }`),
  tooComplex('tokens: strings', 'tokens', `{ order(id: [${times(3_000, '""')}]) { id } }`),
  tooComplex('tokens: variables', 'tokens', `query Q(${times(1_000, (index) => `$v${index}: Int`)}) { viewer { id } }`),
  tooComplex(
    'tokens: operations',
    'tokens',
    times(1_000, (index) => `query Q${index} { viewer { id } }`),
  ),
  fine('tokens: a hundred thousand commas', `{ viewer { id ${','.repeat(100_000)} } }`),
  fine('tokens: a comment of two hundred kilobytes', `# ${'x'.repeat(200_000)}\n{ viewer { id } }`),
  fine('tokens: ten thousand comments', `${'# x\n'.repeat(10_000)}{ viewer { id } }`),
  fine('tokens: whitespace', `${' \n\t'.repeat(60_000)}{ viewer { id } }`),
  ...[257, 1_000, 100_000, 200_000].flatMap(longNames),
  fine('names: alias of 256 characters', `{ ${'x'.repeat(256)}: viewer { id } }`),
  invalid('names: field of 256 characters', `{ ${'x'.repeat(256)} }`),
];

const texts: DocumentAttack[] = [
  ...['', ' ', '\n', '#', '# only a comment', ','].map((text) => unparsable(`text: ${JSON.stringify(text)}`, text)),
  ...[
    '{',
    '}',
    '{}',
    '{ }',
    '{{}}',
    '(',
    '[',
    '...',
    '@',
    '$',
    ':',
    '=',
    '!',
    '|',
    '&',
    '"',
    '"""',
    '\\',
    '`',
    ';',
    '%',
    '?',
    '*',
    '/',
    '<',
    '>',
    '~',
    '^',
  ].map((text) => unparsable(`text: ${text}`, text)),
  ...[
    'query',
    'query Q',
    'query Q(',
    'query Q($a',
    'query Q($a:',
    'query Q($a: Int',
    'query Q($a: Int)',
    'mutation',
    'fragment',
    'fragment A',
    'fragment A on',
    'fragment A on User',
    '{ viewer {',
    '{ viewer { id',
    '{ viewer { id }',
    '{ viewer(',
    '{ viewer(id',
    '{ viewer(id:',
    '{ viewer(id: 1',
    '{ a: }',
    '{ : a }',
    '{ viewer { ... on } }',
    '{ viewer { @include } }',
  ].map((text) => unparsable(`text cut short: ${text}`, text)),
  unparsable('text: null byte', '{ viewer { id\u0000 } }'),
  unparsable('text: lone surrogate', '{ viewer { \uD800 } }'),
  unparsable('text: lone surrogate in a string', '{ order(id: "\uD800") { id } }'),
  unparsable('text: lone escaped surrogate', String.raw`{ order(id: "\uD800") { id } }`),
  unparsable('text: bad escape', String.raw`{ order(id: "\x41") { id } }`),
  unparsable('text: escape beyond Unicode', String.raw`{ order(id: "\u{110000}") { id } }`),
  fine('text: control character in a string', '{ order(id: "\u0007") { id } }'),
  unparsable('text: line break in a string', '{ order(id: "a\nb") { id } }'),
  unparsable('text: number that starts with zero', '{ viewer { orders(first: 010) { nodes { id } } } }'),
  unparsable('text: number with a name behind', '{ viewer { orders(first: 1a) { nodes { id } } } }'),
  unparsable('text: number with two points', '{ viewer { orders(first: 1.2.3) { nodes { id } } } }'),
  unparsable('text: non-ASCII name', '{ vіewer { id } }'),
  unparsable('text: right-to-left override', '{ \u202Eviewer { id } }'),
  unparsable('text: zero-width space in a name', '{ vie\u200Bwer { id } }'),
  unparsable('text: no-break space', '{\u00A0viewer { id } }'),
  unparsable('text: emoji as a field', '{ 🚀 }'),
  fine('text: emoji in a string', '{ order(id: "🚀") { id } }'),
  fine('text: byte order mark', '\uFEFF{ viewer { id } }'),
  fine('text: Windows line ends', '{\r\n viewer\r\n{ id }\r\n}'),
  fine('text: escaped emoji', String.raw`{ order(id: "\u{1F680}") { id } }`),
  unparsable('text: SQL', "'; DROP TABLE orders; --"),
  unparsable('text: JSON', '{"query": "{ viewer { id } }"}'),
  unparsable('text: HTML', '<script>alert(1)</script>'),
  unparsable('text: template', '${{7*7}}'),
  invalid('text: __proto__ as a field', '{ __proto__ { id } }'),
  invalid('text: constructor as a field', '{ constructor { id } }'),
  invalid('text: toString as a field', '{ viewer { toString } }'),
  invalid('text: __proto__ as an argument', '{ order(id: "a", __proto__: 1) { id } }'),
  fine('text: __proto__ as an alias', '{ __proto__: viewer { id } }'),
  fine('text: constructor as an operation', 'query constructor { viewer { id } }'),
  invalid('text: __proto__ as a type', '{ viewer { ... on __proto__ { id } } }'),
  invalid('text: __proto__ as a spread', '{ viewer { ...__proto__ } }'),
  invalid('text: hasOwnProperty as a variable', 'query ($hasOwnProperty: Int) { viewer { id } }'),
];

const definitions: DocumentAttack[] = [
  invalid('definitions: two operations of one name', 'query A { viewer { id } } query A { viewer { id } }'),
  invalid(
    'definitions: query and mutation of one name',
    'query A { viewer { id } } mutation A { cancelOrder(input: {orderId: "a", reason: OTHER, idempotencyKey: "k"}) { __typename } }',
  ),
  invalid('definitions: two without a name', '{ viewer { id } } { viewer { id } }'),
  invalid('definitions: one with and one without a name', '{ viewer { id } } query A { viewer { id } }'),
  invalid('definitions: a type', 'type User { id: ID }'),
  invalid('definitions: an extension', '{ viewer { id } } extend type Query { hacked: String }'),
  invalid('definitions: a schema', 'schema { query: Query }'),
  invalid('definitions: a directive', '{ viewer { id } } directive @x on FIELD'),
  {
    id: 'definitions: a subscription',
    document: 'subscription { viewer { id } }',
    expects: 'OPERATION_RESOLUTION_FAILURE',
  },
  invalid('definitions: fragments only', 'fragment A on User { id }'),
  {
    id: 'definitions: no name for one of two',
    document: 'query A { viewer { id } } query B { viewer { id } }',
    expects: 'OPERATION_RESOLUTION_FAILURE',
  },
  {
    id: 'definitions: a name that is not there',
    document: 'query A { viewer { id } }',
    operationName: 'B',
    expects: 'OPERATION_RESOLUTION_FAILURE',
  },
  {
    id: 'definitions: the name of a fragment',
    document: 'query A { viewer { ...F } } fragment F on User { id }',
    operationName: 'F',
    expects: 'OPERATION_RESOLUTION_FAILURE',
  },
  {
    id: 'definitions: a huge name that is not there',
    document: 'query A { viewer { id } }',
    operationName: 'B'.repeat(200_000),
    expects: 'OPERATION_RESOLUTION_FAILURE',
  },
  {
    id: 'definitions: __proto__ as the name',
    document: 'query A { viewer { id } }',
    operationName: '__proto__',
    expects: 'OPERATION_RESOLUTION_FAILURE',
  },
  {
    id: 'definitions: one of two by name',
    document: 'query A { viewer { id } } query B { viewer { email } }',
    operationName: 'B',
    expects: 'OK',
  },
  invalid('variables: unused', 'query ($a: Int) { viewer { id } }'),
  invalid('variables: undefined', '{ order(id: $id) { id } }'),
  invalid('variables: twice', 'query ($a: ID!, $a: ID!) { order(id: $a) { id } }'),
  invalid('variables: of an output type', 'query ($a: User) { viewer { id } }'),
  invalid('variables: of another type', 'query ($a: Int!) { order(id: $a) { id } }'),
  invalid('variables: nullable where it must not be', 'query ($a: ID) { order(id: $a) { id } }'),
  unparsable('variables: with a variable as default', 'query ($a: ID!, $b: ID = $a) { order(id: $b) { id } }'),
  tooComplex(
    'variables: four hundred unused',
    'tokens',
    `query (${times(500, (index) => `$v${index}: Int`)}) { viewer { id } }`,
  ),
  invalid(
    'variables: three hundred and ninety unused',
    `query (${times(390, (index) => `$v${index}: Int`)}) { viewer { id } }`,
  ),
  invalid('arguments: unknown', '{ viewer(evil: true) { id } }'),
  invalid('arguments: missing', '{ order { id } }'),
  invalid('arguments: twice', '{ order(id: "a", id: "b") { id } }'),
  invalid('arguments: null where it must not be', '{ order(id: null) { id } }'),
  invalid('arguments: wrong type', '{ viewer { orders(first: "ten") { nodes { id } } } }'),
  invalid('arguments: two of a one-of', '{ support { user(by: {id: "a", email: "b"}) { id } } }'),
  invalid('arguments: none of a one-of', '{ support { user(by: {}) { id } } }'),
  invalid('arguments: null of a one-of', '{ support { user(by: {id: null}) { id } } }'),
  invalid('arguments: unknown field of an input', '{ viewer { orders(filter: {evil: 1}) { nodes { id } } } }'),
  invalid(
    'arguments: field of an input twice',
    '{ viewer { orders(sortBy: {key: TOTAL, key: TOTAL}) { nodes { id } } } }',
  ),
  invalid('arguments: number beyond Int', '{ viewer { orders(first: 2147483648) { nodes { id } } } }'),
  invalid('arguments: float as Int', '{ viewer { orders(first: 1e3) { nodes { id } } } }'),
  invalid('selection: leaf with one', '{ viewer { id { x } } }'),
  invalid('selection: object without one', '{ viewer }'),
  invalid('selection: unknown field', '{ viewer { password } }'),
  invalid(
    'selection: field of one member on the interface',
    '{ order(id: "a") { timeline { nodes { payment { id } } } } }',
  ),
];

const introspection: DocumentAttack[] = [
  invalid('introspection: types', '{ __schema { types { name } } }'),
  invalid('introspection: one type', '{ __type(name: "User") { name } }'),
  invalid('introspection: by an alias', '{ viewer: __schema { types { name } } }'),
  invalid('introspection: in a fragment', '{ ...S } fragment S on Query { __schema { types { name } } }'),
  invalid('introspection: in an inline fragment', '{ ... on Query { __schema { types { name } } } }'),
  invalid('introspection: beside a field', '{ viewer { id } __schema { types { name } } }'),
  invalid(
    'introspection: below a mutation',
    'mutation { cancelOrder(input: {orderId: "a", reason: OTHER, idempotencyKey: "k"}) { ... on CancelOrderSuccess { query { __schema { types { name } } } } } }',
  ),
  invalid('introspection: skipped', '{ __schema @skip(if: true) { types { name } } }'),
  ...[3, 8, 15].map((levels) =>
    invalid(
      `introspection: nested ${levels} times`,
      `{ __schema { types { ${'fields { type { '.repeat(levels)}name${' } }'.repeat(levels)} } } }`,
    ),
  ),
  tooComplex(
    'introspection: nested forty times',
    'nesting',
    `{ __schema { types { ${'fields { type { '.repeat(40)}name${' } }'.repeat(40)} } } }`,
  ),
  fine('introspection: __typename is none', '{ __typename viewer { __typename id } }'),
  tooComplex(
    'introspection: __typename five thousand times',
    'fields',
    `{ ...A } fragment A on Query { ${times(75, '...B')} } fragment B on Query { ${times(75, '__typename')} }`,
  ),
];

const costs: DocumentAttack[] = [
  tooComplex('lists: longer than served', 'listSize', '{ viewer { orders(first: 101) { nodes { id } } } }'),
  tooComplex('lists: two thousand million', 'listSize', '{ viewer { orders(first: 2147483647) { nodes { id } } } }'),
  tooComplex(
    'lists: longer than served, from the end',
    'listSize',
    '{ viewer { orders(last: 101) { nodes { id } } } }',
  ),
  tooComplex(
    'lists: longer than served, and none of it selected',
    'listSize',
    '{ viewer { orders(first: 500) { pageInfo { hasNextPage } } } }',
  ),
  tooComplex(
    'lists: longer than served, by a default',
    'listSize',
    'query ($n: Int = 500) { viewer { orders(first: $n) { nodes { id } } } }',
  ),
  fine('lists: as long as served', '{ viewer { orders(first: 100) { nodes { id } } } }'),
  fine('lists: less than nothing is left to the resolver', '{ viewer { orders(first: -1) { nodes { id } } } }'),
  tooComplex(
    'cost: lists within lists',
    'cost',
    '{ viewer { orders(first: 100) { nodes { lineItems(first: 100) { nodes { id } } } } } }',
  ),
  tooComplex(
    'cost: lists within lists, by both names',
    'cost',
    '{ viewer { orders(first: 50) { edges { node { lineItems(first: 50) { edges { node { id } } nodes { id } } } } } } }',
  ),
  tooComplex(
    'cost: ten cheap lists',
    'cost',
    `{ viewer { ${times(10, (index) => `o${index}: orders(first: 100) { nodes { total { currency } payments { id } } }`)} } }`,
  ),
  tooComplex(
    'cost: hidden in fragments',
    'cost',
    '{ viewer { orders(first: 100) { nodes { ...A } } } } fragment A on Order { lineItems(first: 100) { nodes { id } } }',
  ),
];

const fanOut = (id: string, document: string): DocumentAttack => ({ id, document, expects: 'FAN_OUT_EXCEEDED' });

const calls: DocumentAttack[] = [
  fanOut(
    'calls: a timeline of each order',
    '{ viewer { orders(first: 50) { nodes { timeline(first: 1) { missingSources } } } } }',
  ),
  fanOut(
    'calls: a timeline of each order, hidden in fragments',
    '{ viewer { orders(first: 100) { nodes { ...A } } } } fragment A on Order { timeline(first: 1) { missingSources } }',
  ),
  fanOut(
    'calls: a timeline of as many orders as a variable says',
    'query ($n: Int = 1) { viewer { orders(first: $n) { nodes { timeline(first: 1) { missingSources } } } } }',
  ),
  fanOut(
    'calls: orders of each customer',
    '{ support { users(first: 30) { nodes { orders(first: 1) { pageInfo { endCursor } } } } } }',
  ),
  fanOut(
    'calls: orders of the customers of orders',
    '{ viewer { orders(first: 5) { nodes { customer { orders(first: 5) { nodes { customer { orders(first: 1) { totalCount } } } } } } } } }',
  ),
  fanOut(
    'calls: one list under many names',
    `{ viewer { ${times(12, (index) => `o${index}: orders(first: ${index + 1}) { nodes { payments { id } } }`)} } }`,
  ),
];

export const documentAttacks: readonly DocumentAttack[] = [
  ...aliases,
  ...depth,
  ...directives,
  ...bombs,
  ...overlaps,
  ...sizesOfText,
  ...texts,
  ...definitions,
  ...introspection,
  ...costs,
  ...calls,
];
