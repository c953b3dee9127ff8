import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { connect, createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { toGatewayError } from '../../../src/errors/gateway-error.ts';
import { readBody } from '../../../src/ingress/read-body.ts';
import { prepareSecureServer } from '../../../src/ingress/secure-server.ts';
import { createAuthority } from '../../support/certificates.ts';

test('a body that drips over HTTP/2 is given up in time', async (t) => {
  const authority = await createAuthority(t);
  const { certFile, keyFile } = await authority.issue('slow', 'IP:127.0.0.1');
  const secure = createSecureServer({ cert: readFileSync(certFile), key: readFileSync(keyFile) });
  const server = secure as unknown as Server;
  prepareSecureServer(server, { serve: () => undefined }, () => 100);
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    readBody(request, 1_000).then(
      () => response.writeHead(200).end(),
      (error: unknown) => response.writeHead(toGatewayError(error).entry.status).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const session = connect(`https://127.0.0.1:${(server.address() as AddressInfo).port}`, {
    ca: readFileSync(authority.caFile),
  });
  t.after(() => {
    session.destroy();
    server.closeAllConnections();
    server.close();
  });

  const whole = session.request({ ':method': 'POST', ':path': '/' });
  whole.end('{}');
  assert.equal(((await once(whole, 'response')) as [Record<string, number>])[0][':status'], 200);
  const dripping = session.request({ ':method': 'POST', ':path': '/' });
  dripping.write('{');
  assert.equal(((await once(dripping, 'response')) as [Record<string, number>])[0][':status'], 408);
});
