import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { SocketWire } from '../../../src/ingress/socket-wire.ts';

test('a body of bytes goes out as it is', async () => {
  const socket = new PassThrough();
  const wire = new SocketWire(socket);
  const body = Buffer.from([0x1f, 0x8b, 0xff, 0x00, 0xe9]);
  wire.writeHead(503, ['content-length', String(body.length)]);
  wire.end(body);
  const bytes = await buffer(socket);
  assert.deepEqual(bytes.subarray(bytes.indexOf('\r\n\r\n') + 4), body);
});
