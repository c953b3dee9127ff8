import type { LookupFunction, Socket } from 'node:net';
import { buildConnector, Client, Pool, type Dispatcher } from 'undici';
import type { UpstreamServiceConfig } from '../config/sections/upstreams.ts';
import type { ServiceTls } from './service-tls.ts';

/** One address that answers for a URL's host: fixed, so that no connection needs a look-up. */
export interface Address {
  readonly address: string;
  readonly family: number;
}

export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Flat list of names and values. */
  readonly headers: string[];
  readonly body: string | undefined;
  readonly signal: AbortSignal | undefined;
  /** A longer body is cut: the connection is closed and the request rejects with `BodyTooLarge`. */
  readonly maxBodyBytes: number;
}

/** The reply's status, headers and whole body, not looked at yet. */
export interface WireReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  /** Closes the connection that brought this reply. To be called in the same turn, before it can be used again. */
  readonly drop: () => void;
}

export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** The connection was not there in time. Shaped like Node's own connection errors. */
class ConnectTimeout extends Error {
  override readonly name = 'ConnectTimeout';
  override readonly message = 'No connection in time';
  readonly code = 'ETIMEDOUT';
  readonly syscall = 'connect';
}

/** Which connection serves a request: told by the client that took it from the pool's queue. */
export class Lease {
  client: LeasedClient | undefined;

  /** False while no connection was there yet, so that nothing can have been sent. */
  get connected(): boolean {
    return this.client?.socket !== undefined;
  }

  readonly drop = (): void => {
    this.client?.socket?.destroy();
  };
}

/** One connection of a pool that knows its socket, which undici keeps to itself. */
class LeasedClient extends Client {
  /** Absent until the first connection stands, and while a new one is made. */
  socket: Socket | undefined;

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    (options as { lease?: Lease }).lease!.client = this;
    return super.dispatch(options, handler);
  }
}

/**
 * The connections to one address of a service. undici keeps them alive and hands them out; its timers are off, since the attempt layer
 * owns time, and it never follows a redirect.
 */
export class InstancePool {
  readonly #origin: string;
  readonly #address: Address | undefined;
  readonly #config: UpstreamServiceConfig;
  readonly #tls: Pick<ServiceTls, 'material'>;
  #pool: Pool;
  /** Connections opened so far. */
  opened = 0;

  constructor(
    origin: string,
    address: Address | undefined,
    config: UpstreamServiceConfig,
    tls: Pick<ServiceTls, 'material'>,
  ) {
    this.#origin = origin;
    this.#address = address;
    this.#config = config;
    this.#tls = tls;
    this.#pool = this.#open();
  }

  /** Makes connections anew, with the present TLS files. Those in use end with the requests on them. */
  renew(): void {
    const old = this.#pool;
    this.#pool = this.#open();
    void old.close();
  }

  /** Sends a request and reads the whole reply. Rejects with undici's errors, the signal's reason, or `BodyTooLarge`. */
  send(request: WireRequest, lease: Lease): Promise<WireReply> {
    const options = {
      method: request.method,
      path: request.path,
      headers: request.headers,
      body: request.body ?? null,
      signal: request.signal ?? null,
      lease,
    };
    return new Promise((resolve, reject) => {
      this.#pool.request(options, (error, response) => {
        if (error) reject(error);
        else readBody(response, request.maxBodyBytes, lease, resolve, reject);
      });
    });
  }

  /** Takes no more requests, lets those in flight end (each has its time-out), and closes every connection. */
  async close(): Promise<void> {
    await this.#pool.close();
  }

  #open(): Pool {
    const config = this.#config;
    const connector = buildConnector({
      allowH2: config.pool.http2,
      timeout: 0,
      ...(this.#address ? { lookup: fixedLookup(this.#address) } : {}),
      ...this.#tls.material,
    } as buildConnector.BuildOptions);
    const connect = (client: LeasedClient, target: buildConnector.Options, done: buildConnector.Callback): void => {
      client.socket = undefined;
      // The types say that a connector gives nothing; it gives the socket that is still connecting.
      const connecting = connector(target, (...result) => {
        clearTimeout(timer);
        if (result[1]) {
          this.opened++;
          client.socket = result[1];
        }
        done(...result);
      }) as unknown as Socket;
      const timer = setTimeout(() => connecting.destroy(new ConnectTimeout()), config.pool.connectTimeoutMs);
    };
    return new Pool(this.#origin, {
      connections: config.bulkhead.maxInFlight,
      pipelining: 1,
      allowH2: config.pool.http2,
      keepAliveTimeout: config.pool.keepAliveMs,
      headersTimeout: 0,
      bodyTimeout: 0,
      factory: (url, options) => {
        const client: LeasedClient = new LeasedClient(url, {
          ...(options as Client.Options),
          connect: (target, done) => connect(client, target, done),
        });
        return client;
      },
    });
  }
}

function readBody(
  response: Dispatcher.ResponseData,
  maxBodyBytes: number,
  lease: Lease,
  resolve: (reply: WireReply) => void,
  reject: (reason: unknown) => void,
): void {
  const { statusCode, headers, body } = response;
  const chunks: Buffer[] = [];
  let bytes = 0;
  const tooLarge = (): void => {
    const error = new BodyTooLarge(`more than ${maxBodyBytes} bytes`);
    body.destroy(error);
    reject(error);
  };
  body.on('error', reject);
  if (Number(headers['content-length']) > maxBodyBytes) {
    tooLarge();
    return;
  }
  body.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) tooLarge();
    else chunks.push(chunk);
  });
  body.on('end', () => {
    const [first] = chunks;
    const whole = chunks.length === 1 && first ? first : Buffer.concat(chunks, bytes);
    resolve({ status: statusCode, headers, body: whole, drop: lease.drop });
  });
}

/** A look-up that always gives the one address; Node asks for a list or for a single answer. */
function fixedLookup({ address, family }: Address): LookupFunction {
  return (_host, options, done) => {
    if (options.all) done(null, [{ address, family }]);
    else done(null, address, family);
  };
}
