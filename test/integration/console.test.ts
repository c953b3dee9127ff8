import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { signAdminToken } from '../../src/auth/admin-token.ts';
import { audience, goodClaims, issuer } from '../support/authenticator.ts';
import { Asker } from '../support/ask.ts';
import { startBrowser } from '../support/browser.ts';
import { type RunningGateway, startGateway } from '../support/gateway.ts';
import { startKeyServer } from '../support/key-server.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { suiteCleanup, waitFor } from '../support/processes.ts';
import { makeSigner } from '../support/token-signer.ts';

/** What `measure-page.js` gives. */
interface Measures {
  readonly wide: number;
  readonly contrast: number;
  readonly smallest: number;
}

const measurePage = readFileSync('test/support/measure-page.js', 'utf8');
const secret = 'an-admin-secret-of-more-than-32-characters';

describe('the console, in a real browser', () => {
  const cleanup = suiteCleanup(after);
  let browser: Browser;
  let gateway: RunningGateway;
  let failedId: string;

  before(async () => {
    const signer = await makeSigner();
    const keys = await startKeyServer(cleanup, signer.publicJwk);
    [browser, gateway] = await Promise.all([
      startBrowser(cleanup),
      startGateway(cleanup, 'web', {
        admin: { secret },
        auth: { issuers: [{ issuer, audiences: { web: [audience] }, jwks: { uri: keys.url } }] },
      }),
    ]);
    const authorization = `Bearer ${await signer.sign(goodClaims(new ManualClock()))}`;
    const asker = new Asker(cleanup, gateway.url, { authorization });
    // Nobody answers for the services: the on-call's bad night.
    await waitFor(
      async () => {
        await asker.ask('{ viewer { displayName } }');
        const metrics = await (await fetch(`${gateway.adminUrl}/metrics`)).text();
        return /^facet_upstream_breaker_state\{[^}]*state="open"\} 1$/m.test(metrics);
      },
      { what: 'the circuit to open', timeoutMs: 30_000 },
    );
    failedId = String((await asker.ask('{ viewer { displayName } }')).headers['x-correlation-id']);
  });

  /** A page that is signed in, and what it complained of or fetched from elsewhere. */
  async function open(options: Parameters<Browser['newPage']>[0] = {}, hash = '') {
    const page = await browser.newPage(options);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(gateway.adminUrl) && !request.url().startsWith('data:'))
        complaints.push(request.url());
    });
    await page.goto(`${gateway.adminUrl}/${hash}`);
    const token = await signAdminToken(secret, { actor: 'ada', scope: 'read' }, 600, Date.now());
    await page.getByLabel('Token').fill(token);
    await page.getByRole('button', { name: 'Use' }).click();
    await page.locator('#journeys li').first().waitFor();
    return { page, complaints };
  }

  const text = (page: Page, selector: string) => page.locator(selector).innerText();

  test('shows nothing before the operator gives a token, and says how to get one', async () => {
    const page = await browser.newPage();
    await page.goto(gateway.adminUrl);
    await page.getByText('facet admin token').waitFor();
    assert.equal(await page.locator('#journeys li').count(), 0);
    await page.close();
  });

  test('tells which service is down, whose circuit is open, and what that does to answers', async () => {
    const { page, complaints } = await open();
    const users = page.locator('.card', { hasText: 'users' });
    await users.getByText('circuit open').waitFor();
    assert.match(await users.innerText(), /listUsers: open/);
    assert.match(await text(page, '#figures'), /complete answers\s+–|complete answers\s+0\.0 %/);
    assert.ok((await page.locator('#chart rect').count()) > 0);
    assert.match(await text(page, '#facts'), /not configured/);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  test('finds one request by its id and draws it', async () => {
    const { page, complaints } = await open();
    await page.getByLabel('Correlation id').fill(failedId);
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByRole('row').first().waitFor();
    assert.match(await text(page, '#journey'), new RegExp(failedId));
    assert.match(await text(page, '#journey-facts'), /UPSTREAM_UNAVAILABLE/);
    const rows = await page.getByRole('row').allInnerTexts();
    assert.ok(rows.some((row) => /execute/.test(row)));
    assert.ok(
      rows.some((row) => /breaker users\.listUsers[\s\S]*open/.test(row)),
      rows.join('\n'),
    );
    await page.getByLabel('Correlation id').fill('0b9f8b8e-3b1f-4b6e-8f58-1f0f7a6f0001');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByText('No journey of this id was kept').waitFor();
    assert.deepEqual(complaints, []);
    await page.close();
  });

  test('a journey of the list opens with a click', async () => {
    const { page } = await open();
    await page.locator('#journeys button').first().click();
    await page.getByRole('row').first().waitFor();
    await page.close();
  });

  for (const colorScheme of ['light', 'dark'] as const)
    test(`fits a phone in ${colorScheme}, with text that can be read`, async () => {
      const { page } = await open({ viewport: { width: 360, height: 740 }, colorScheme }, `#${failedId}`);
      await page.getByRole('row').first().waitFor();
      const { wide, contrast, smallest } = await page.evaluate<Measures>(measurePage);
      assert.ok(wide <= 360, `${wide} px wide`);
      assert.ok(contrast >= 4.5, `contrast ${contrast} (WCAG 2.2 §1.4.3 wants 4.5)`);
      assert.ok(smallest >= 24, `a button of ${smallest} px (WCAG 2.2 §2.5.8 wants 24)`);
      await page.close();
    });
});
