/** What a handler answers. `body` is a JSON value; leave it out for an answer without content. */
export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** A reply as it goes to the wire: a list of headers, because a fault may want one twice. */
export interface Outgoing {
  status: number;
  headers: [name: string, value: string][];
  body: Buffer;
}

const empty = Buffer.alloc(0);

export function toOutgoing(reply: Reply): Outgoing {
  const headers = Object.entries(reply.headers ?? {});
  if (reply.body === undefined) return { status: reply.status, headers, body: empty };
  if (reply.headers?.['Content-Type'] === undefined) headers.push(['Content-Type', 'application/json']);
  const body = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
  return { status: reply.status, headers, body: Buffer.from(body) };
}
