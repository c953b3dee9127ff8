import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { json } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { accessPairs, settledPairs } from '../support/access-lines.ts';
import { startBrowser } from '../support/browser.ts';
import { type RunningGateway, startGateway } from '../support/gateway.ts';
import { startIdentityProvider } from '../support/identity-provider.ts';
import { freePorts, suiteCleanup } from '../support/processes.ts';

describe('the playground', () => {
  const cleanup = suiteCleanup(after);
  let demo: RunningGateway;

  before(async () => {
    const provider = await startIdentityProvider(cleanup);
    const auth = {
      issuers: [
        {
          issuer: provider.issuer,
          jwks: { uri: `${provider.issuer}/jwks` },
          audiences: { web: ['https://facet.example/web'] },
        },
      ],
    };
    const playground = { tokenUrl: `${provider.issuer}/demo/token` };
    // Its own origin must be known beforehand, so it can't be a port that the system picks.
    const [port] = await freePorts(1);
    demo = await startGateway(cleanup, 'web', { mode: 'demo', auth, playground }, { port });
  });

  it('opens in a browser from this process alone, with the screens and a token, and sends an operation', async () => {
    const browser = await startBrowser(cleanup);
    const page = await browser.newPage();
    const elsewhere: string[] = [];
    const origin = new URL(demo.url).origin;
    page.on('request', (request) => {
      if (!request.url().startsWith(origin) && !/^(data|blob):/.test(request.url())) elsewhere.push(request.url());
    });
    await page.goto(`${origin}/playground`);
    await page.getByText('AccountDashboard', { exact: true }).first().waitFor();
    await page.getByText('OrderDetail', { exact: true }).first().waitFor();
    // The page reads its answer as a stream, which leaves nothing to look at afterwards; so it is read on its way.
    const answered = new Promise<{ status: number; sent: Record<string, string>; text: string }>((resolve) => {
      void page.route(demo.url, async (route) => {
        const response = await route.fetch();
        const [sent, text] = [route.request().headers(), await response.text()];
        await route.fulfill({ response });
        if ((route.request().postData() ?? '').includes('AccountDashboard'))
          resolve({ status: response.status(), sent, text });
      });
    });
    await page.getByRole('button', { name: 'Send Request' }).click();
    const { status, sent, text } = await answered;
    assert.equal(status, 200);
    assert.match(sent['authorization'] ?? '', /^Bearer ey/);
    assert.match(text, /"id":"usr_customer01"/);
    assert.deepEqual(elsewhere, []);
  });

  it('is in the log like everything else on this port', async () => {
    const known = accessPairs(demo).length;
    const { origin } = new URL(demo.url);
    const id = '6f7f5f0e-1111-4111-8111-1111111111ab';
    const page = await fetch(`${origin}/playground/`, { headers: { 'x-correlation-id': id, 'user-agent': 'Page/1' } });
    assert.deepEqual([page.status, page.headers.get('x-correlation-id')], [200, id]);
    await page.text();
    const missing = await fetch(`${origin}/playground/nothing.js`);
    assert.equal(missing.status, 404);
    const pairs = (await settledPairs(demo, known + 2)).slice(known);
    assert.deepEqual(
      pairs.map(({ received, completed }) => [received['url.path'], completed['http.response.status_code']]),
      [
        ['/playground/', 200],
        ['/playground/nothing.js', 404],
      ],
    );
    const [first] = pairs;
    assert.deepEqual([first?.received['http.request.id'], first?.received['user_agent.original']], [id, 'Page/1']);
  });

  it('says of what is outside of it that there is nothing, as anywhere else', async () => {
    const { hostname, port } = new URL(demo.url);
    for (const path of ['/playground/../package.json', '/playground/%2e%2e/package.json']) {
      const [response] = (await once(httpRequest({ hostname, port, path }).end(), 'response')) as [IncomingMessage];
      const { errors } = (await json(response)) as { errors: { extensions: { code: string } }[] };
      assert.deepEqual([response.statusCode, errors[0]?.extensions.code], [404, 'NOT_FOUND'], path);
    }
  });

  it('is not there in production, and neither is introspection', async () => {
    const production = await startGateway(cleanup, 'web', { mode: 'production' });
    const { origin } = new URL(production.url);
    assert.equal((await fetch(`${origin}/playground/`)).status, 404);
    const introspection = await fetch(production.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: JSON.stringify({ query: '{ __schema { types { name } } }' }),
    });
    assert.ok(introspection.status >= 400, `introspection answered ${introspection.status}`);
  });
});
