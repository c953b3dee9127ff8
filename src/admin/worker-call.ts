import { type IncomingHttpHeaders, request } from 'node:http';

export interface WorkerCall {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer | undefined;
}

export interface WorkerAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One worker as its primary knows it. */
export interface WorkerView {
  readonly pid: number;
  readonly ready: boolean;
  /** One word: `starting`, `ready`, `overloaded`, `draining`. */
  readonly reason: string;
  /** Of the configuration that it serves by. */
  readonly configHash: string;
  /** RFC 3339. */
  readonly startedAt: string;
  /** Where its admin listener is; undefined until it has one. */
  readonly adminUrl: string | undefined;
}

/** What a worker answered; nothing when it did not in time. */
export interface AskedWorker {
  readonly worker: WorkerView;
  readonly answer: WorkerAnswer | undefined;
}

/** Someone waits: a worker that is busy for longer is told apart rather than waited for. */
const readTimeoutMs = 2_000;
/** A decision should reach a busy worker too. */
const decideTimeoutMs = 5_000;
const maxBytes = 16_777_216;

/** Asks every worker that has an admin listener, all at once. None of them rejects. */
export function askEach(workers: readonly WorkerView[], call: WorkerCall): Promise<AskedWorker>[] {
  const timeoutMs = call.method === 'GET' ? readTimeoutMs : decideTimeoutMs;
  return workers.flatMap((worker) => {
    const { adminUrl } = worker;
    if (adminUrl === undefined) return [];
    return callWorker(adminUrl, call, timeoutMs).then(
      (answer) => ({ worker, answer }),
      () => ({ worker, answer: undefined }),
    );
  });
}

/** Asks the admin listener of one worker what the primary was asked. Rejects when there is no whole answer in time. */
function callWorker(
  adminUrl: string,
  { method, path, headers, body }: WorkerCall,
  timeoutMs: number,
): Promise<WorkerAnswer> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    // The path as it came, never resolved as a reference: `//host/` would lead to another host (RFC 3986 §4.2).
    const { hostname, port } = new URL(adminUrl);
    const call = request({ hostname, port, path, method, headers, signal, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > maxBytes) response.destroy(new Error('the answer is too large'));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 502, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    call.on('error', reject);
    call.end(body);
  });
}
