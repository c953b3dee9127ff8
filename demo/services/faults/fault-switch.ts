import { Problem } from '../kit/problem.ts';
import type { Route } from '../kit/router.ts';
import { randomFrom } from '../seed/random.ts';
import type { Fault, Parameter } from './fault.ts';
import { faultTable } from './fault-table.ts';

/** A fault that is switched on, and for which requests. */
export interface FaultRule {
  id: string;
  fault: string;
  /** An operationId, `METHOD /path/{template}`, or `*` for all but health. */
  operation: string;
  /** Share of the matching requests, 0 to 1. */
  probability: number;
  /** How many matching requests go by unharmed first. */
  skip: number;
  /** After how many requests the rule is spent; 0 means never. */
  count: number;
  parameters: Record<string, Parameter>;
}

export interface ActiveFault {
  fault: Fault;
  parameters: Readonly<Record<string, Parameter>>;
  random: () => number;
  /** Aborts when the rule is removed. */
  removed: AbortSignal;
}

interface LiveRule extends FaultRule {
  seen: number;
  hits: number;
  /** Requests it is acting on at this moment. */
  active: number;
  removal: AbortController;
  random: () => number;
}

/** The switchboard of one service. All state is in memory: a restarted service is healthy. */
export interface FaultSwitch {
  /** The faults that strike this request, in the order in which they were switched on. */
  strike(route: Route): ActiveFault[];
  /** A struck request has been answered. */
  release(faults: readonly ActiveFault[]): void;
  list(): object[];
  add(input: unknown): object;
  replace(inputs: unknown[]): void;
  remove(id: string): boolean;
  clear(): void;
}

export function createFaultSwitch(routes: readonly Route[]): FaultSwitch {
  let rules: LiveRule[] = [];
  let lastId = 0;
  const owners = new WeakMap<ActiveFault, LiveRule>();

  const parse = (input: unknown): LiveRule => {
    const rule = checkRule(input, routes);
    lastId += 1;
    const id = `rule_${lastId}`;
    return { ...rule, id, seen: 0, hits: 0, active: 0, removal: new AbortController(), random: randomFrom(rule.fault) };
  };
  const isStruck = (rule: LiveRule): boolean => {
    rule.seen += 1;
    if (rule.seen <= rule.skip || (rule.count > 0 && rule.hits >= rule.count)) return false;
    return rule.probability >= 1 || rule.random() < rule.probability;
  };

  return {
    strike(route) {
      const struck: ActiveFault[] = [];
      for (const rule of rules) {
        if (!appliesTo(rule, route) || !isStruck(rule)) continue;
        rule.hits += 1;
        rule.active += 1;
        const fault = faultTable.get(rule.fault)!;
        const parameters = { ...fault.parameters, ...rule.parameters };
        const active = { fault, parameters, random: rule.random, removed: rule.removal.signal };
        owners.set(active, rule);
        struck.push(active);
      }
      return struck;
    },
    release(faults) {
      for (const fault of faults) owners.get(fault)!.active -= 1;
    },
    list: () => rules.map(show),
    add(input) {
      const rule = parse(input);
      rules.push(rule);
      return show(rule);
    },
    replace(inputs) {
      const next = inputs.map(parse);
      for (const rule of rules) rule.removal.abort();
      rules = next;
    },
    remove(id) {
      const rule = rules.find((candidate) => candidate.id === id);
      rule?.removal.abort();
      rules = rules.filter((candidate) => candidate !== rule);
      return rule !== undefined;
    },
    clear() {
      for (const rule of rules) rule.removal.abort();
      rules = [];
    },
  };
}

function appliesTo(rule: FaultRule, route: Route): boolean {
  if (rule.operation === '*') return route.access !== 'open';
  return rule.operation === route.operation || rule.operation === `${route.method} ${route.path}`;
}

function show({ removal: _removal, random: _random, ...rule }: LiveRule): object {
  return rule;
}

function checkRule(input: unknown, routes: readonly Route[]): Omit<FaultRule, 'id'> {
  const given = new Map(Object.entries(typeof input === 'object' && input !== null ? input : {}));
  const number = (name: string, fallback: number, max: number): number => {
    const value = given.get(name) ?? fallback;
    if (typeof value === 'number' && value >= 0 && value <= max) return value;
    throw refuse(name, `A number from 0 to ${max}.`);
  };
  const fault = faultTable.get(String(given.get('fault')));
  if (fault === undefined) throw refuse('fault', `One of ${[...faultTable.keys()].join(', ')}.`);
  const operation = String(given.get('operation') ?? '*');
  const isKnown =
    operation === '*' ||
    routes.some((route) => route.operation === operation || `${route.method} ${route.path}` === operation);
  if (!isKnown) throw refuse('operation', 'An operationId, "METHOD /path/{template}" of this service, or *.');
  const parameters = Object.entries(given.get('parameters') ?? {}) as [string, Parameter][];
  for (const [name, value] of parameters) {
    if (typeof value !== typeof fault.parameters?.[name]) {
      throw refuse(`parameters/${name}`, `${fault.name} takes ${JSON.stringify(fault.parameters ?? {})}.`);
    }
  }
  return {
    fault: fault.name,
    operation,
    probability: number('probability', 1, 1),
    skip: number('skip', 0, 1e9),
    count: number('count', 0, 1e9),
    parameters: Object.fromEntries(parameters),
  };
}

function refuse(pointer: string, detail: string): Problem {
  return new Problem(422, 'validation_failed', 'The fault rule is not valid.', {
    errors: [{ pointer: `/${pointer}`, code: 'invalid', detail }],
  });
}
