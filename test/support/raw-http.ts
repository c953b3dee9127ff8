import { connect } from 'node:net';

/** What came over the wire, byte by byte, without a client's leniency. */
export interface RawAnswer {
  /** All bytes, as latin1, so that their count is the text's length. */
  readonly text: string;
  /** Everything behind the first blank line. */
  readonly body: string;
  readonly status: number;
  /** How the connection ended: `end` in order, `reset` abruptly, `quiet` when it stayed open without a byte for `quietMs`. */
  readonly ending: 'end' | 'reset' | 'quiet';
  /** From the request to the first byte. */
  readonly firstByteMs: number;
}

/** Sends a GET over a socket of its own and reads until the connection ends or stays quiet for `quietMs`. */
export function rawGet(url: string, headers: Readonly<Record<string, string>>, quietMs = 150): Promise<RawAnswer> {
  const { pathname, search } = new URL(url);
  const lines = Object.entries({ Host: 'service', Connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return rawSend(url, [`GET ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n`], quietMs);
}

/**
 * Sends these bytes, as they are, over a socket of its own and reads until the connection ends or stays quiet for `quietMs`. Several
 * parts are several packets.
 */
export function rawSend(url: string, parts: readonly (string | Buffer)[], quietMs = 150): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.setNoDelay(true);
    const chunks: Buffer[] = [];
    const startMs = performance.now();
    let firstByteMs = Number.POSITIVE_INFINITY;
    const settle = (ending: RawAnswer['ending']): void => {
      socket.destroy();
      const text = Buffer.concat(chunks).toString('latin1');
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
      resolve({ text, body: text.slice(text.indexOf('\r\n\r\n') + 4), status, ending, firstByteMs });
    };
    socket.setTimeout(quietMs, () => settle('quiet'));
    socket.on('data', (chunk) => {
      if (chunks.length === 0) firstByteMs = performance.now() - startMs;
      chunks.push(chunk);
    });
    socket.once('end', () => settle('end'));
    socket.once('error', () => settle('reset'));
    for (const part of parts) socket.write(typeof part === 'string' ? Buffer.from(part, 'latin1') : part);
  });
}
