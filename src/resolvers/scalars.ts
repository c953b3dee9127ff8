import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';

/** RFC 3339 §5.6, any offset; what comes in leaves as UTC. */
const rfc3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;

/** An instant in UTC as most services write it, on a day that every month has: right without a look at the calendar. */
const plainInstant = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?Z$/;

function instant(value: unknown): string {
  const text = textOf(value, 'DateTime');
  if (plainInstant.test(text)) return text.length === 24 ? text : `${text.slice(0, 19)}.000Z`;
  const atMs = rfc3339.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(atMs)) throw refusal('DateTime', 'an RFC 3339 instant such as 2026-11-21T09:30:00Z');
  return new Date(atMs).toISOString();
}

/** Digits as they would be written anyway. */
const plainNumber = /^(?:0|[1-9]\d{0,17})$/;

function minorUnits(value: unknown): string {
  const text = textOf(value, 'MinorUnits');
  if (plainNumber.test(text)) return text;
  if (!/^-?\d{1,18}$/.test(text)) throw refusal('MinorUnits', 'a string of digits');
  return BigInt(text).toString();
}

function currencyCode(value: unknown): string {
  const text = textOf(value, 'CurrencyCode');
  if (!/^[A-Z]{3}$/.test(text)) throw refusal('CurrencyCode', 'three capital letters as in ISO 4217');
  return text;
}

function absoluteUrl(value: unknown): string {
  const text = textOf(value, 'URL');
  if (!URL.canParse(text)) throw refusal('URL', 'an absolute URL');
  return text;
}

function textOf(value: unknown, type: string): string {
  if (typeof value === 'string') return value;
  throw refusal(type, 'a string');
}

/** Says what is expected and not what was sent: values may be private. */
function refusal(type: string, expected: string): GraphQLError {
  return new GraphQLError(`${type} must be ${expected}.`);
}

function literal(parse: (value: unknown) => string) {
  return (node: ValueNode): string => parse(node.kind === Kind.STRING ? node.value : undefined);
}

export const dateTime = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  serialize: instant,
  parseValue: instant,
  parseLiteral: literal(instant),
});

export const url = new GraphQLScalarType<string, string>({
  name: 'URL',
  serialize: absoluteUrl,
  parseValue: absoluteUrl,
  parseLiteral: literal(absoluteUrl),
});

export const currency = new GraphQLScalarType<string, string>({
  name: 'CurrencyCode',
  serialize: currencyCode,
  parseValue: currencyCode,
  parseLiteral: literal(currencyCode),
});

/** Amounts are strings on the wire, in both directions: JSON numbers round. */
export const minor = new GraphQLScalarType<string, string>({
  name: 'MinorUnits',
  serialize: (value) => minorUnits(typeof value === 'number' || typeof value === 'bigint' ? String(value) : value),
  parseValue: minorUnits,
  parseLiteral: literal(minorUnits),
});
