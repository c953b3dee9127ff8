import type { ServerResponse } from 'node:http';
import type { Outgoing } from '../kit/reply.ts';
import { type Fault, pause } from './fault.ts';

/** Answers that break HTTP itself. They all come after the effect. */
export const wireFaults: readonly Fault[] = [
  {
    name: 'slow-drip',
    summary: 'The body comes `chunk_bytes` at a time, one chunk every `interval_ms`.',
    parameters: { interval_ms: 1_000, chunk_bytes: 1 },
    async send(outgoing, response, { parameters, signal }) {
      const step = Number(parameters['chunk_bytes']);
      response.writeHead(outgoing.status, headersOf(outgoing));
      for (let at = 0; at < outgoing.body.length && !response.destroyed; at += step) {
        response.write(outgoing.body.subarray(at, at + step));
        await pause(Number(parameters['interval_ms']), signal);
      }
      response.end();
    },
  },
  {
    name: 'reset-before-answer',
    summary: 'The connection is reset instead of an answer.',
    send: (_outgoing, response) => void response.socket?.resetAndDestroy(),
  },
  {
    name: 'reset-mid-body',
    summary: 'The connection is reset after half of the body.',
    send: (outgoing, response) =>
      writeRaw(response, [head(outgoing, outgoing.body.length), firstHalf(outgoing)], (socket) =>
        socket.resetAndDestroy(),
      ),
  },
  {
    name: 'content-length-too-long',
    summary: 'The connection closes in order, with fewer bytes sent than Content-Length promised.',
    send: (outgoing, response) =>
      writeRaw(response, [head(outgoing, outgoing.body.length + 100), outgoing.body], (socket) => socket.end()),
  },
  {
    name: 'content-length-too-short',
    summary: 'Content-Length covers half of the body; the other half looks like the start of the next answer.',
    send: (outgoing, response) =>
      writeRaw(response, [head(outgoing, outgoing.body.length >> 1), outgoing.body], () => undefined),
  },
  {
    name: 'extra-response',
    summary: 'A second answer that nobody asked for follows the first on the same connection.',
    send(outgoing, response) {
      const extra = Buffer.from('{"id":"nobody_asked"}');
      const second = head({ status: 200, headers: [['Content-Type', 'application/json']], body: extra }, extra.length);
      writeRaw(response, [head(outgoing, outgoing.body.length), outgoing.body, second, extra], () => undefined);
    },
  },
  {
    name: 'informational-flood',
    summary: '`count` answers of status 103 come before the real one.',
    parameters: { count: 1_000 },
    send(outgoing, response, { parameters }) {
      const hints = Buffer.from(
        'HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n'.repeat(Number(parameters['count'])),
      );
      writeRaw(response, [hints, head(outgoing, outgoing.body.length), outgoing.body], (socket) => socket.end());
    },
  },
  {
    name: 'crash',
    summary: 'The process kills itself (SIGKILL) after the commit and before the answer.',
    send: () => void process.kill(process.pid, 'SIGKILL'),
  },
];

function headersOf(outgoing: Outgoing): string[] {
  return [...outgoing.headers, ['Content-Length', String(outgoing.body.length)] as const].flat();
}

function firstHalf(outgoing: Outgoing): Buffer {
  return outgoing.body.subarray(0, outgoing.body.length >> 1);
}

function head(outgoing: Outgoing, contentLength: number): Buffer {
  const lines = [...outgoing.headers, ['Content-Length', String(contentLength)]].map(
    ([name, value]) => `${name}: ${value}`,
  );
  return Buffer.from(`HTTP/1.1 ${outgoing.status} Fault\r\n${lines.join('\r\n')}\r\n\r\n`);
}

type Socket = NonNullable<ServerResponse['socket']>;

/** Writes bytes past Node's own framing and hands the socket to `then` once they are out. */
function writeRaw(response: ServerResponse, parts: Buffer[], then: (socket: Socket) => void): void {
  const socket = response.socket;
  socket?.write(Buffer.concat(parts), () => then(socket));
}
