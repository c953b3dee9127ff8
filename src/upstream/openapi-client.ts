import { GatewayError } from '../errors/gateway-error.ts';
import type { ContractRoute } from '../lib/contract-route.ts';
import type { Route } from './call.ts';

export type QueryValue = string | number | boolean | readonly string[] | undefined;

/** What a route's input says in the contract's terms. Values are given as they are; they are encoded here. */
export interface ContractInput {
  readonly path?: Readonly<Record<string, string>>;
  /** By the contract's names. `undefined` and empty lists are left out. */
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly body?: unknown;
}

/** The part of a route that a contract cannot say. */
export interface RouteShape<Input, Output, Body> extends Pick<
  Route<Input, Output>,
  'scope' | 'accepts' | 'batch' | 'follow' | 'tags' | 'invalidates' | 'key'
> {
  readonly input: (input: Input) => ContractInput;
  /** See `Route.map`; the body has passed the contract, so it is what the generated types say. */
  readonly map: (body: Body, input: Input, drop: (count: number) => void) => Output;
}

/**
 * A route from the generated table of a service's contract: method, path, query style, body, media type, success schema and rows come
 * from there, so that none of it is written twice. `Body` is the operation's response type in `src/generated`.
 */
export function contractRoute<Input, Output, Body = unknown>(
  service: string,
  name: string,
  contract: ContractRoute,
  shape: RouteShape<Input, Output, Body>,
): Route<Input, Output> {
  const { input: inputOf, map, ...rest } = shape;
  const path = pathOf(contract.path);
  const query = queryOf(contract.query);
  const schema = Object.entries(contract.responses).find(([status, body]) => status.startsWith('2') && body)?.[1];
  const contentType = contract.request && { 'content-type': contract.request.mediaType };
  return {
    ...rest,
    service,
    name,
    kind: contract.safe ? 'read' : 'write',
    method: contract.method,
    request: (input) => {
      const { path: values = {}, query: asked = {}, body } = inputOf(input);
      const target = { path: path(values) + query(asked) };
      return body === undefined || !contentType ? target : { ...target, body, headers: contentType };
    },
    map: map as Route<Input, Output>['map'],
    ...(schema ? { contract: schema } : {}),
    ...(contract.rows ? { rows: contract.rows } : {}),
  };
}

/** The longest that any contract has: a push token. */
const maxSegmentLength = 512;

/** A template with `{name}` places, taken apart once. */
function pathOf(template: string): (values: Readonly<Record<string, string>>) => string {
  const parts = template.split(/\{([^}]+)\}/);
  return (values) => parts.map((part, index) => (index % 2 === 0 ? part : segment(values[part]))).join('');
}

/** RFC 3986 §3.3. A segment that is empty, `.` or `..` would name another resource, encoded or not. */
function segment(value: string | undefined): string {
  if (value === undefined || value === '' || value === '.' || value === '..' || value.length > maxSegmentLength)
    throw new GatewayError('BAD_USER_INPUT', { publicMessage: 'An identifier is malformed.' });
  return encodeURIComponent(value.toWellFormed());
}

function queryOf(styles: ContractRoute['query']): (values: Readonly<Record<string, QueryValue>>) => string {
  return (values) => {
    const pairs = Object.entries(values).flatMap(([name, value]) => {
      const style = styles[name];
      if (style === undefined) throw new TypeError(`the contract has no query parameter ${name}`);
      return pairsOf(name, value, style);
    });
    return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
  };
}

function pairsOf(name: string, value: QueryValue, style: ContractRoute['query'][string]): string[] {
  if (value === undefined) return [];
  const values = (Array.isArray(value) ? value : [value]).map((item) => encoded(String(item)));
  if (values.length === 0) return [];
  return style === 'csv' ? [`${name}=${values.join(',')}`] : values.map((item) => `${name}=${item}`);
}

/** RFC 3986 §2.3: what needs no encoding, as almost every id. */
const unreserved = /^[A-Za-z0-9._~-]*$/;

function encoded(text: string): string {
  return unreserved.test(text) ? text : encodeURIComponent(text.toWellFormed());
}
