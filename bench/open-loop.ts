/**
 * The load of `saturation.ts`, as a process of its own: requests arrive at a constant rate, whatever becomes of those before them (open
 * loop), as they do from people who know nothing of each other. Latency counts from the moment at which a request was due, so that a
 * late generator or a gateway that takes nothing more is seen in it (no coordinated omission). It speaks HTTP/1.1 on bare sockets:
 * a client that costs more than the gateway could not saturate it from one core.
 *
 * The parent sends a `Phase` over IPC and gets a `PhaseResult`; the first message is a `Target`.
 */
import { connect, type Socket } from 'node:net';
import type { LoadRequest } from './load.ts';
import { percentile } from './statistics.ts';

export interface Target {
  readonly url: string;
  readonly requests: readonly LoadRequest[];
}

export interface Phase {
  readonly seconds: number;
  /** Arrivals a second; without it as many as the connections carry (closed loop). */
  readonly perSecond?: number;
  /** At most so many at a time. A request that finds none free waits for one, and its wait counts. */
  readonly connections: number;
}

export interface Latencies {
  readonly count: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export interface PhaseResult {
  readonly seconds: number;
  readonly due: number;
  readonly good: Latencies;
  readonly refused: Latencies;
  /** How late requests were sent: what the generator, or its wait for a free connection, adds to both. */
  readonly late: Latencies;
  /** 503 without `Retry-After`. */
  readonly unexplained: number;
  /** Other statuses and lost connections. */
  readonly failed: number;
  /** No answer `hangingMs` after the phase. */
  readonly hanging: number;
  /** The phase in parts of 250 ms, by when a request was due. */
  readonly slices: readonly { readonly good: Latencies; readonly refused: number }[];
}

const sliceMs = 250;
const hangingMs = 5_000;
const zero = 0x30;
/** As Facet and the stand-in write it. */
const lengthHeader = '\r\ncontent-length: ';

interface Slice {
  readonly goodMs: number[];
  refused: number;
}

/** What became of the requests of one phase. */
class Tally {
  readonly slices: Slice[] = [];
  readonly goodMs: number[] = [];
  readonly refusedMs: number[] = [];
  readonly lateMs: number[] = [];
  unexplained = 0;
  failed = 0;
  open = 0;
  readonly #startedAt = performance.now();

  answered(dueAt: number, status: number, explained: boolean): void {
    this.open--;
    const ms = performance.now() - dueAt;
    const slice = (this.slices[Math.max(0, Math.floor((dueAt - this.#startedAt) / sliceMs))] ??= {
      goodMs: [],
      refused: 0,
    });
    if (status === 200) {
      this.goodMs.push(ms);
      slice.goodMs.push(ms);
    } else if (status === 503) {
      this.refusedMs.push(ms);
      slice.refused++;
      if (!explained) this.unexplained++;
    } else this.failed++;
  }

  result(seconds: number, due: number): PhaseResult {
    return {
      seconds,
      due,
      good: latencies(this.goodMs),
      refused: latencies(this.refusedMs),
      late: latencies(this.lateMs),
      unexplained: this.unexplained,
      failed: this.failed,
      hanging: this.open,
      slices: Array.from(this.slices, (slice) => ({
        good: latencies(slice?.goodMs ?? []),
        refused: slice?.refused ?? 0,
      })),
    };
  }
}

function latencies(ms: number[]): Latencies {
  ms.sort((a, b) => a - b);
  return { count: ms.length, p50Ms: percentile(ms, 0.5), p99Ms: percentile(ms, 0.99), maxMs: ms.at(-1) ?? 0 };
}

/** One connection: at most one request at a time. */
class Connection {
  readonly #socket: Socket;
  readonly #onFree: (connection: Connection) => void;
  readonly #onGone: (connection: Connection) => void;
  #tally: Tally | undefined;
  #dueAt = 0;
  #status = 0;
  #explained = false;
  #missingBytes = -1;

  constructor(url: URL, onFree: (connection: Connection) => void, onGone: (connection: Connection) => void) {
    this.#onFree = onFree;
    this.#onGone = onGone;
    this.#socket = connect(Number(url.port), url.hostname);
    this.#socket.setNoDelay(true);
    this.#socket.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => {
      this.#tally?.answered(this.#dueAt, 0, false);
      this.#tally = undefined;
      this.#onGone(this);
    });
  }

  send(bytes: Buffer, dueAt: number, tally: Tally): void {
    this.#tally = tally;
    this.#dueAt = dueAt;
    this.#missingBytes = -1;
    tally.lateMs.push(performance.now() - dueAt);
    this.#socket.write(bytes);
  }

  #take(chunk: Buffer): void {
    if (this.#missingBytes === -1) {
      const end = chunk.indexOf('\r\n\r\n');
      if (end < 0) throw new Error('the head of an answer came in pieces');
      // `HTTP/1.1 200`
      this.#status = (chunk[9]! - zero) * 100 + (chunk[10]! - zero) * 10 + chunk[11]! - zero;
      this.#explained = this.#status === 503 && chunk.subarray(0, end).includes('\r\nretry-after: ');
      const length = chunk.indexOf(lengthHeader) + lengthHeader.length;
      this.#missingBytes = end + 4 + Number(chunk.toString('latin1', length, chunk.indexOf('\r', length)));
    }
    this.#missingBytes -= chunk.length;
    if (this.#missingBytes > 0) return;
    this.#tally?.answered(this.#dueAt, this.#status, this.#explained);
    this.#tally = undefined;
    this.#onFree(this);
  }

  end(): void {
    this.#socket.destroy();
  }
}

class Generator {
  readonly #url: URL;
  readonly #messages: readonly Buffer[];
  readonly #all = new Set<Connection>();
  #free: Connection[] = [];
  /** When the requests were due for which no connection was free. */
  #waiting: number[] = [];
  #waitingFrom = 0;
  #next = 0;
  #phase!: Phase;
  #tally!: Tally;
  #endsAt = 0;

  constructor({ url, requests }: Target) {
    this.#url = new URL(url);
    this.#messages = requests.map((request) => messageOf(request, this.#url.host));
  }

  async run(phase: Phase): Promise<PhaseResult> {
    this.#phase = phase;
    this.#tally = new Tally();
    const tally = this.#tally;
    const startedAt = performance.now();
    this.#endsAt = startedAt + phase.seconds * 1_000;
    const due = phase.perSecond === undefined ? await this.#closed() : await this.#open(phase.perSecond, startedAt);
    const seconds = (performance.now() - startedAt) / 1_000;
    const givenUpAt = performance.now() + hangingMs;
    while (tally.open > 0 && performance.now() < givenUpAt) await tick();
    this.#waiting = [];
    this.#waitingFrom = 0;
    return tally.result(seconds, due);
  }

  async #closed(): Promise<number> {
    const before = this.#next;
    for (let count = 0; count < this.#phase.connections; count++) this.#arrive(performance.now());
    while (performance.now() < this.#endsAt) await tick();
    return this.#next - before;
  }

  async #open(perSecond: number, startedAt: number): Promise<number> {
    const total = Math.round(perSecond * this.#phase.seconds);
    for (let sent = 0; sent < total; await tick()) {
      const due = Math.min(total, Math.floor(((performance.now() - startedAt) * perSecond) / 1_000));
      for (; sent < due; sent++) this.#arrive(startedAt + (sent * 1_000) / perSecond);
    }
    return total;
  }

  #arrive(dueAt: number): void {
    this.#tally.open++;
    const free = this.#free.pop() ?? this.#another();
    if (free) this.#send(free, dueAt);
    else this.#waiting.push(dueAt);
  }

  #send(connection: Connection, dueAt: number): void {
    connection.send(this.#messages[this.#next++ % this.#messages.length]!, dueAt, this.#tally);
  }

  #another(): Connection | undefined {
    if (this.#all.size >= this.#phase.connections) return undefined;
    const made = new Connection(
      this.#url,
      (connection) => {
        const dueAt = this.#waiting[this.#waitingFrom];
        if (dueAt !== undefined) {
          this.#waitingFrom++;
          return this.#send(connection, dueAt);
        }
        this.#free.push(connection);
        if (this.#phase.perSecond === undefined && performance.now() < this.#endsAt) this.#arrive(performance.now());
      },
      (connection) => {
        this.#all.delete(connection);
        this.#free = this.#free.filter((one) => one !== connection);
      },
    );
    this.#all.add(made);
    return made;
  }
}

function messageOf({ method, path, headers, body = '' }: LoadRequest, host: string): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const length = body === '' ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`;
  return Buffer.from(`${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n${lines.join('')}${length}\r\n${body}`);
}

/** About a millisecond. */
function tick(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}

if (import.meta.main) {
  let generator: Generator | undefined;
  process.on('message', (message: Target | Phase) => {
    if ('url' in message) generator = new Generator(message);
    else void generator?.run(message).then((result) => process.send?.(result));
  });
}
