import type { IncomingMessage } from 'node:http';
import { ApiError, readJsonObject } from '../http/json.ts';
import { identities } from '../services/seed/identities.ts';
import type { DemoState, ProcessState } from '../supervisor/control-messages.ts';
import type { FaultClient } from './fault-client.ts';
import type { Operation } from './operations.ts';
import type { AskSupervisor } from './supervisor-link.ts';

/** A service that takes faults: where it is (by port variable) and what can be aimed at. */
export interface FaultyService {
  readonly portVariable: string;
  readonly operations: readonly Operation[];
}

export interface ApiOptions {
  readonly ask: AskSupervisor;
  readonly faults: FaultClient;
  readonly services: ReadonlyMap<string, FaultyService>;
}

/** What the path's groups held, in order, and the request for its body. */
type Handler = (request: IncomingMessage, name: string, rest: string) => unknown;

export interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly handle: Handler;
}

type Action = 'start' | 'stop' | 'kill';

/** The HTTP API of the demo control, as a list. Every route that changes something answers with what is so afterwards. */
export function controlRoutes({ ask, faults, services }: ApiOptions): readonly Route[] {
  function processIn(state: DemoState, name: string): ProcessState {
    const found = state.processes.find((candidate) => candidate.name === name);
    if (!found) {
      const names = state.processes.map((candidate) => candidate.name).join(', ');
      throw new ApiError(
        404,
        'unknown_process',
        `there is no ${JSON.stringify(name.slice(0, 40))}; there are ${names}`,
      );
    }
    return found;
  }

  async function switchProcess(name: string, action: Action): Promise<ProcessState> {
    processIn(await ask('state'), name);
    if (name === 'control') throw new ApiError(409, 'not_itself', 'the control does not switch itself off');
    const after = processIn(await ask(action, name), name);
    if (after.status !== (action === 'start' ? 'up' : 'down')) {
      throw new ApiError(504, 'not_reached', `${name} is ${after.status}; its log says more`);
    }
    return after;
  }

  async function serviceUrl(name: string): Promise<string> {
    const state = await ask('state');
    const service = services.get(processIn(state, name).name);
    if (!service)
      throw new ApiError(404, 'no_faults', `${name} takes no faults; ${[...services.keys()].join(', ')} do`);
    return `http://127.0.0.1:${state.ports[service.portVariable]}`;
  }

  async function onFaults(name: string, method: string, path = '', body?: unknown): Promise<unknown> {
    return faults(await serviceUrl(name), method, path, body);
  }

  /** Processes and active faults; a service that is down shows none, one that does not answer shows null. */
  async function stateWithFaults(): Promise<unknown> {
    const state = await ask('state');
    const rules = await Promise.all(
      [...services].map(async ([name, { portVariable }]) => {
        if (processIn(state, name).status !== 'up') return [name, []] as const;
        const url = `http://127.0.0.1:${state.ports[portVariable]}`;
        const answer = await faults(url, 'GET', '').catch(() => null);
        return [name, answer === null ? null : (answer as { rules: unknown[] }).rules] as const;
      }),
    );
    return { ...state, faults: Object.fromEntries(rules) };
  }

  async function mintToken(request: IncomingMessage): Promise<unknown> {
    const { ports } = await ask('state');
    const response = await fetch(`http://127.0.0.1:${ports['IDP_PORT']}/demo/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(await readJsonObject(request)),
      signal: AbortSignal.timeout(5_000),
    }).catch(() => {
      throw new ApiError(503, 'service_unreachable', 'the identity provider does not answer; is it up?');
    });
    const answer = (await response.json()) as { error?: { code: string; message: string } };
    if (answer.error) throw new ApiError(response.status, answer.error.code, answer.error.message);
    return answer;
  }

  const catalogue = {
    identities: Object.entries(identities).map(([name, { displayName, about }]) => ({ name, displayName, about })),
    operations: Object.fromEntries([...services].map(([name, { operations }]) => [name, operations])),
  };
  const faultsPath = /^\/services\/([^/]+)\/faults$/;

  return [
    { method: 'GET', path: /^\/state$/, handle: stateWithFaults },
    { method: 'GET', path: /^\/catalogue$/, handle: () => catalogue },
    { method: 'POST', path: /^\/token$/, handle: mintToken },
    {
      method: 'POST',
      path: /^\/services\/([^/]+)\/(start|stop|kill)$/,
      handle: (_request, name, action) => switchProcess(name, action as Action),
    },
    { method: 'GET', path: faultsPath, handle: (_request, name) => onFaults(name, 'GET') },
    {
      method: 'PUT',
      path: faultsPath,
      handle: async (request, name) => onFaults(name, 'PUT', '', await readJsonObject(request)),
    },
    {
      method: 'POST',
      path: faultsPath,
      handle: async (request, name) => onFaults(name, 'POST', '', await readJsonObject(request)),
    },
    { method: 'DELETE', path: faultsPath, handle: (_request, name) => onFaults(name, 'DELETE') },
    {
      method: 'DELETE',
      path: /^\/services\/([^/]+)\/faults\/([^/]+)$/,
      handle: (_request, name, id) => onFaults(name, 'DELETE', `/${id}`),
    },
  ];
}
