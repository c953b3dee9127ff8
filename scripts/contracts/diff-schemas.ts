import type { ContractDocument } from './contract-document.ts';
import { schemaView, type SchemaView } from './schema-view.ts';

/**
 * `breaking`: a gateway built from the old contract would send what is now refused, or receive what it refuses or misses.
 * `warning`: it goes on, but somebody should look, as with a new value of an open set that has no mapping yet.
 */
export type Severity = 'breaking' | 'warning';

export interface Change {
  readonly severity: Severity;
  /** Operation and place: `listOrders 200/items/[]/total`. */
  readonly at: string;
  readonly what: string;
}

/** Whether the gateway sends values of a schema or receives them: what is harmless one way breaks the other. */
export type Direction = 'sent' | 'received';

interface Pair {
  readonly before: ContractDocument;
  readonly after: ContractDocument;
}

/** Compares two versions of one schema. */
export function diffSchemas(
  pair: Pair,
  before: unknown,
  after: unknown,
  direction: Direction,
  at: string,
  depth = 0,
): Change[] {
  // A schema that contains itself repeats after a few levels; real bodies are not nested deeper.
  if (depth > 12) return [];
  const [old, now] = [schemaView(pair.before, before), schemaView(pair.after, after)];
  const inside = (from: unknown, to: unknown, step: string): Change[] =>
    diffSchemas(pair, from, to, direction, `${at}/${step}`, depth + 1);
  const breaking = (what: string): Change => ({ severity: 'breaking', at, what });
  return [
    ...typeChanges(old, now, direction).map(breaking),
    ...formChanges(old, now, direction).map(breaking),
    ...boundChanges(old, now, direction).map(breaking),
    ...setChanges(old, now, direction, at),
    ...fieldChanges(old, now, direction).map(breaking),
    ...variantChanges(old, now, direction).map(breaking),
    ...[...old.properties].flatMap(([name, schema]) => {
      const next = now.properties.get(name);
      return next === undefined ? [] : inside(schema, next, name);
    }),
    ...(old.items !== undefined && now.items !== undefined ? inside(old.items, now.items, '[]') : []),
    ...(old.values !== undefined && now.values !== undefined ? inside(old.values, now.values, '{}') : []),
  ];
}

const without = (from: Iterable<string>, taken: ReadonlySet<string>): string[] =>
  [...from].filter((item) => !taken.has(item));

function typeChanges(old: SchemaView, now: SchemaView, direction: Direction): string[] {
  const [from, to] = direction === 'sent' ? [old, now] : [now, old];
  if (to.types.has('any')) return [];
  const lost = without(from.types, to.types).filter((type) => !(type === 'integer' && to.types.has('number')));
  return lost.map((type) => (direction === 'sent' ? `type ${type} is no longer taken` : `may now be of type ${type}`));
}

function formChanges(old: SchemaView, now: SchemaView, direction: Direction): string[] {
  return (['pattern', 'format'] as const).flatMap((key) => {
    const [from, to] = [old.form[key], now.form[key]];
    if (from === to) return [];
    const harmless = direction === 'sent' ? to === undefined : from === undefined;
    return harmless ? [] : [`${key} changed from ${from ?? 'none'} to ${to ?? 'none'}`];
  });
}

function boundChanges(old: SchemaView, now: SchemaView, direction: Direction): string[] {
  const [wide, narrow] = direction === 'sent' ? [old, now] : [now, old];
  const verb = direction === 'sent' ? 'tightened' : 'loosened';
  const tell = (name: string) => `${name} ${verb} from ${bound(old, name) ?? 'none'} to ${bound(now, name) ?? 'none'}`;
  return [
    ...[...narrow.lower].filter(([name, limit]) => (wide.lower.get(name) ?? -Infinity) < limit),
    ...[...narrow.upper].filter(([name, limit]) => (wide.upper.get(name) ?? Infinity) > limit),
  ].map(([name]) => tell(name));
}

const bound = (view: SchemaView, name: string): number | undefined => view.lower.get(name) ?? view.upper.get(name);

function setChanges(old: SchemaView, now: SchemaView, direction: Direction, at: string): Change[] {
  const change = (severity: Severity, what: string): Change => ({ severity, at, what });
  const of = (kind: 'enum' | 'open', addedIs: Severity): Change[] => {
    const [from, to] = [old[kind], now[kind]];
    if (from === undefined || to === undefined) return [];
    return [
      ...without(from, new Set(to)).map((value) => change('breaking', `value ${value} is gone`)),
      ...without(to, new Set(from)).map((value) => change(addedIs, `value ${value} is new`)),
    ];
  };
  const closed = old.enum === undefined && now.enum !== undefined && direction === 'sent';
  const opened = old.enum !== undefined && now.enum === undefined && direction === 'received';
  return [
    ...of('open', 'warning'),
    ...of('enum', direction === 'sent' ? 'warning' : 'breaking'),
    ...(closed ? [change('breaking', `only ${now.enum?.join(', ')} are taken now`)] : []),
    ...(opened ? [change('breaking', 'the set of values is no longer closed')] : []),
  ];
}

function fieldChanges(old: SchemaView, now: SchemaView, direction: Direction): string[] {
  const gone = [...old.properties.keys()].filter((name) => !now.properties.has(name));
  if (direction === 'received') {
    const optional = without(old.required, now.required).filter((name) => now.properties.has(name));
    return [
      ...gone.map((name) => `field ${name} is gone`),
      ...optional.map((name) => `field ${name} may now be absent`),
    ];
  }
  return [
    ...(now.closed ? gone.map((name) => `field ${name} is no longer taken`) : []),
    ...(now.closed && !old.closed ? ['unknown fields are refused now'] : []),
    ...without(now.required, old.required).map((name) => `field ${name} is required now`),
  ];
}

/** Alternatives are told apart by their fields. */
function variantChanges(old: SchemaView, now: SchemaView, direction: Direction): string[] {
  const names = (view: SchemaView) =>
    view.variants.map(
      (variant) => Object.keys(Object(variant['properties'])).sort().join('+') || String(variant['type']),
    );
  const [from, to] = direction === 'sent' ? [old, now] : [now, old];
  const lost = without(names(from), new Set(names(to)));
  return lost.map((name) =>
    direction === 'sent' ? `alternative ${name} is no longer taken` : `alternative ${name} is new`,
  );
}
