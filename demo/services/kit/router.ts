import { Problem } from './problem.ts';
import type { Reply } from './reply.ts';
import type { Role, ServiceRequest } from './request.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Route {
  /** The contract's operationId: names the route in logs, metrics and fault rules. */
  operation: string;
  method: Method;
  /** The contract's path template, e.g. `/v1/users/{id}`. */
  path: string;
  /** Query parameters the contract knows; any other is refused, so that a caller's typing error cannot go unseen. */
  query?: readonly string[];
  /** Roles that may call it; everyone with the gateway's credential when left out. */
  roles?: readonly Role[];
  /**
   * Who gets in. `gateway` (default): whoever has the gateway's credential. `open`: everyone, for health. `signed`: the
   * handler checks a webhook signature. `control`: whoever has the control token.
   */
  access?: 'gateway' | 'open' | 'signed' | 'control';
  /** A read although its method is not GET. */
  isSafe?: true;
  /** `required`: without an Idempotency-Key the call is refused with 400. */
  idempotency?: 'required';
  handle(request: ServiceRequest): Reply | Promise<Reply>;
}

export interface RouteMatch {
  route: Route;
  params: Record<string, string>;
}

interface Compiled {
  route: Route;
  segments: { name: string; isParameter: boolean }[];
}

export interface Router {
  /** Throws 404 for an unknown path and 405 with `Allow` for a known path with another method. */
  match(method: string, path: string): RouteMatch;
}

export function createRouter(routes: readonly Route[]): Router {
  const byLength = new Map<number, Compiled[]>();
  for (const route of routes) {
    const segments = route.path
      .slice(1)
      .split('/')
      .map((part) => ({ name: part.replace(/^\{|\}$/g, ''), isParameter: part.startsWith('{') }));
    const list = byLength.get(segments.length) ?? [];
    list.push({ route, segments });
    byLength.set(segments.length, list);
  }
  // A literal segment wins over a placeholder: /v1/orders/search is not the order called "search".
  for (const list of byLength.values()) {
    list.sort((a, b) => parameterCount(a) - parameterCount(b));
  }

  return {
    match(method, path) {
      const parts = path.slice(1).split('/');
      const allowed = new Set<string>();
      for (const candidate of byLength.get(parts.length) ?? []) {
        const params = matchSegments(candidate, parts);
        if (params === undefined) continue;
        if (candidate.route.method === method) return { route: candidate.route, params };
        allowed.add(candidate.route.method);
      }
      if (allowed.size === 0) throw new Problem(404, 'route_not_found', 'There is no such path.');
      throw new Problem(405, 'method_not_allowed', 'The path does not take this method.', {
        headers: { Allow: [...allowed].join(', ') },
      });
    },
  };
}

function parameterCount(candidate: Compiled): number {
  return candidate.segments.filter((segment) => segment.isParameter).length;
}

function matchSegments(candidate: Compiled, parts: string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, segment] of candidate.segments.entries()) {
    const part = parts[index]!;
    if (!segment.isParameter) {
      if (part !== segment.name) return undefined;
    } else {
      const value = decodeSegment(part);
      if (value === undefined || value === '') return undefined;
      params[segment.name] = value;
    }
  }
  return params;
}

function decodeSegment(part: string): string | undefined {
  if (!part.includes('%')) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
