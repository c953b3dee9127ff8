import { Agent, type IncomingHttpHeaders, request as httpRequest } from 'node:http';
import type { Cleanup } from './processes.ts';

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    readonly data?: unknown;
    readonly errors?: readonly { readonly extensions: Record<string, unknown> }[];
  };
}

/** Asks a GraphQL endpoint from any address of 127.0.0.0/8, on kept connections: many callers on one machine. */
export class Asker {
  readonly #agent: Agent;
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(
    cleanup: Cleanup,
    url: string,
    headers: Readonly<Record<string, string>> = {},
    localAddress = '127.0.0.1',
  ) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: 32, localAddress });
    this.#url = url;
    // A browser-facing process wants a header that no cross-site form can set.
    const fixed = {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      'graphql-preflight': '1',
    };
    this.#headers = { ...fixed, ...headers };
    cleanup.after(() => this.#agent.destroy());
  }

  ask(
    query = '{ __typename }',
    headers: Readonly<Record<string, string>> = {},
    variables: Readonly<Record<string, unknown>> = {},
  ): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const options = { method: 'POST', agent: this.#agent, headers: { ...this.#headers, ...headers } };
      const request = httpRequest(this.#url, options, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: JSON.parse(text || '{}') }),
        );
      });
      request.on('error', reject);
      request.end(JSON.stringify({ query, variables }));
    });
  }

  /** The headers alone, with a body announced that never comes: resolves to the status if one is given all the same. */
  announce(): Promise<number> {
    return new Promise((resolve, reject) => {
      const headers = { ...this.#headers, 'content-length': '1000' };
      const request = httpRequest(this.#url, { method: 'POST', agent: false, headers }, (response) => {
        resolve(response.statusCode ?? 0);
        request.destroy();
      });
      request.on('error', reject);
      request.flushHeaders();
    });
  }

  /** So many at once, in waves of 32. */
  async askMany(count: number): Promise<Reply[]> {
    const replies: Reply[] = [];
    while (replies.length < count)
      replies.push(
        ...(await Promise.all(Array.from({ length: Math.min(32, count - replies.length) }, () => this.ask()))),
      );
    return replies;
  }
}
