import type { Outgoing } from '../kit/reply.ts';
import type { Fault, FaultContext } from './fault.ts';

type JsonRecord = Record<string, unknown>;

/** Answers that are JSON and break, or only bend, the contract. */
export const recordFaults: readonly Fault[] = [
  eachRecord('missing-field', 'A record lacks the required `field`.', { field: 'status' }, (record, { field }) => {
    const { [String(field)]: _removed, ...rest } = record;
    return rest;
  }),
  eachRecord(
    'null-field',
    'A record has null in `field`, which may not be null.',
    { field: 'status' },
    (record, { field }) => ({
      ...record,
      [String(field)]: null,
    }),
  ),
  eachRecord(
    'unknown-enum',
    'A record has a value in `field` that is newer than its reader.',
    { field: 'status', value: 'quantum_superposed' },
    (record, { field, value }) => ({ ...record, [String(field)]: value }),
  ),
  eachRecord('extra-fields', 'A record has fields the contract does not name.', {}, (record) => ({
    ...record,
    loyalty_score: 42,
    experimental: { nested: [1, 2, 3] },
  })),
  eachList('duplicate-items', 'A list has its first item twice.', {}, (items) => [...items.slice(0, 1), ...items]),
  eachList('reordered-items', 'A list comes in the opposite order.', {}, (items) => items.toReversed()),
  eachList('missing-items', 'A list lacks every second item.', {}, (items) =>
    items.filter((_, index) => index % 2 === 1),
  ),
  eachList('oversized-list', 'A list has `count` items.', { count: 20_000 }, (items, { count }) =>
    items.length === 0 ? items : Array.from({ length: Number(count) }, (_, index) => items[index % items.length]),
  ),
  amounts('amounts-beyond-int32', 'Every amount is above 2^31.', '3000000000'),
  amounts('amounts-beyond-2-53', 'Every amount is above 2^53: a JSON number that a double rounds.', '9007199254740993'),
  {
    name: 'previous-contract',
    summary:
      'The answer of a replica that still runs the previous contract version; use probability 0.5 for half of them.',
    rewrite: (outgoing, { toPreviousContract }) => rewriteJson(outgoing, toPreviousContract),
  },
];

/** Changes the record itself or, in a list, its first record; all of them with the parameter `every`. */
function eachRecord(
  name: string,
  summary: string,
  parameters: NonNullable<Fault['parameters']>,
  change: (record: JsonRecord, parameters: FaultContext['parameters']) => JsonRecord,
): Fault {
  return {
    name,
    summary: `${summary} In a list the first one, or with \`every\` all.`,
    parameters: { every: false, ...parameters },
    rewrite: (outgoing, context) =>
      rewriteJson(outgoing, (body) => {
        const list = listOf(body);
        if (list === undefined) return isRecord(body) ? change(body, context.parameters) : body;
        const changed = list.items.map((item, index) =>
          isRecord(item) && (index === 0 || context.parameters['every'] === true)
            ? change(item, context.parameters)
            : item,
        );
        return { ...list.body, [list.name]: changed };
      }),
  };
}

function eachList(
  name: string,
  summary: string,
  parameters: NonNullable<Fault['parameters']>,
  change: (items: unknown[], parameters: FaultContext['parameters']) => unknown[],
): Fault {
  return {
    name,
    summary,
    parameters,
    rewrite: (outgoing, context) =>
      rewriteJson(outgoing, (body) => {
        const list = listOf(body);
        return list === undefined ? body : { ...list.body, [list.name]: change(list.items, context.parameters) };
      }),
  };
}

/** Works on the text, since no number of JavaScript's holds 2^53 + 1. */
function amounts(name: string, summary: string, digits: string): Fault {
  return {
    name,
    summary,
    rewrite: (outgoing) => ({
      ...outgoing,
      body: Buffer.from(outgoing.body.toString('utf8').replaceAll(/"amount":\d+/g, `"amount":${digits}`)),
    }),
  };
}

function rewriteJson(outgoing: Outgoing, change: (body: unknown) => unknown): Outgoing {
  if (outgoing.body.length === 0 || outgoing.status >= 300) return outgoing;
  return { ...outgoing, body: Buffer.from(JSON.stringify(change(JSON.parse(outgoing.body.toString('utf8'))))) };
}

function listOf(body: unknown): { body: JsonRecord; name: string; items: unknown[] } | undefined {
  if (!isRecord(body)) return undefined;
  const name = ['items', 'data'].find((candidate) => Array.isArray(body[candidate]));
  return name === undefined ? undefined : { body, name, items: body[name] as unknown[] };
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
