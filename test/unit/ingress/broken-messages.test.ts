import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { test } from 'node:test';
import { queryObjects } from 'node:v8';
import { createBrokenMessages } from '../../../src/ingress/broken-messages.ts';
import { waitFor } from '../../support/processes.ts';

/** Requests and responses that are alive after a full collection, prototypes among them. */
const alive = () => [IncomingMessage, ServerResponse].map((type) => queryObjects(type, { format: 'count' }));

for (const [name, parts] of [
  ['a GET', ['GET / HTTP/1.1\r\nHost: a\r\n\r\n']],
  ['a POST that was answered before its body was read', ['POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}']],
  ['a POST whose body came after its answer', ['POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n', '{}']],
] as const)
  test(`an idle connection keeps nothing of its last request: ${name}`, async (t) => {
    const broken = createBrokenMessages(async () => assert.fail('nothing is broken'));
    const server = createServer((request, response) => {
      broken.begin(request, response);
      response.end('answer');
    }).listen(0, '127.0.0.1');
    t.after(() => server.close());
    await once(server, 'listening');
    const before = alive();
    const caller = connect((server.address() as AddressInfo).port, '127.0.0.1');
    t.after(() => caller.destroy());
    const [first, ...others] = parts;
    caller.write(first);
    await once(caller, 'data');
    for (const part of others) caller.write(part);
    await waitFor(() => alive().join() === before.join(), { what: () => `${alive()} to be ${before}` });
    assert.equal(caller.readyState, 'open');
  });
