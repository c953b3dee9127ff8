import assert from 'node:assert/strict';
import { demoStories } from '../../demo/services/seed/scenarios.ts';
import { type Contracts, errorsOf, routes, type ServiceName } from '../../src/generated/index.ts';
import type { ContractRoute } from '../../src/lib/contract-route.ts';
import { serviceCredentials } from './reference-services.ts';

export interface ContractCall {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Shorthand for the header. */
  readonly key?: string;
  readonly role?: 'customer' | 'support' | 'admin' | 'service';
  readonly userId?: string;
}

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads answers of every schema; their shape was just checked
type Body = any;

export interface ContractAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** Calls a service by operationId and holds each answer against the service's own contract. */
export interface ContractClient {
  call(operation: string, call?: ContractCall): Promise<ContractAnswer>;
  /** The documented successes that no call has seen yet, as `operation status`. */
  unseen(): string[];
}

export function contractClient(service: ServiceName, baseUrl: string): ContractClient {
  const seen = new Set<string>();
  return {
    async call(operation, call = {}) {
      const route = routes[service][operation];
      assert.ok(route, `${service} has no operation ${operation}`);
      const response = await fetch(`${baseUrl}${pathOf(route, call)}${searchOf(route, call.query ?? {})}`, {
        method: route.method,
        redirect: 'manual',
        headers: headersOf(route, call),
        ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      });
      const text = await response.text();
      const place = `${service} ${operation} ${response.status}`;
      seen.add(`${operation} ${response.status}`);
      return {
        status: response.status,
        headers: response.headers,
        body: checked(service, route, response, text, place),
      };
    },
    unseen: () =>
      Object.entries(routes[service]).flatMap(([operation, { responses }]) =>
        Object.keys(responses)
          .map((status) => `${operation} ${status}`)
          .filter((place) => !seen.has(place)),
      ),
  };
}

/** The answer's body, once it is what the contract promises for this status. */
function checked(service: ServiceName, route: ContractRoute, response: Response, text: string, place: string): Body {
  assert.ok(response.headers.get('x-correlation-id'), `${place} names its correlation id`);
  const isRefusal = response.status >= 400;
  assert.ok(isRefusal || response.status in route.responses, `${place} is not in the contract`);
  const schema = isRefusal ? 'Problem' : route.responses[response.status];
  if (!schema) {
    const isText = response.headers.get('content-type')?.startsWith('text/plain') ?? false;
    assert.ok(isText || text === '', `${place} has no body`);
    return text;
  }
  const mediaType = isRefusal && !isHealth(route) ? 'application/problem+json' : 'application/json';
  assert.equal(response.headers.get('content-type'), mediaType, place);
  const body: unknown = JSON.parse(text);
  assert.deepEqual(errorsOf(service, schema as keyof Contracts[typeof service] & string, body), [], place);
  if (isRefusal) assert.equal((body as Body).status, response.status, place);
  return body;
}

function isHealth(route: ContractRoute): boolean {
  return !route.authenticated;
}

function pathOf(route: ContractRoute, { params = {} }: ContractCall): string {
  return route.path.replaceAll(/\{(\w+)\}/g, (_match, name: string) => encodeURIComponent(params[name] ?? name));
}

function searchOf(route: ContractRoute, query: NonNullable<ContractCall['query']>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const values = Array.isArray(value) ? value.map(String) : [String(value)];
    if (route.query[name] === 'csv') search.append(name, values.join(','));
    else for (const item of values) search.append(name, item);
  }
  return search.size > 0 ? `?${search}` : '';
}

function headersOf(route: ContractRoute, call: ContractCall): Record<string, string> {
  return {
    ...(route.authenticated && {
      authorization: `Bearer ${serviceCredentials.gatewayToken}`,
      'x-user-role': call.role ?? 'support',
      ...(call.userId !== undefined && { 'x-user-id': call.userId }),
    }),
    ...(call.body !== undefined && { 'content-type': route.request?.mediaType ?? 'application/json' }),
    ...(call.key !== undefined && { 'idempotency-key': call.key }),
    ...call.headers,
  };
}

/** The number of the demo customer's order that tells this story (demo/services/seed/scenarios.ts). */
export function demoOrderNumber(story: string): string {
  const index = demoStories.indexOf(story);
  assert.ok(index >= 0, `the demo customer has no order "${story}"`);
  return `F-${100_001 + index}`;
}
