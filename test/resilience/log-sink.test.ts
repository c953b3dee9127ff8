import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { Asker } from '../support/ask.ts';
import { freePorts, temporaryDirectory, waitFor } from '../support/processes.ts';

const requests = 1_000;
const nowhere = { instances: [{ url: 'http://127.0.0.1:1' }], credential: 'test-credential' };

/** A real process whose standard output goes where the test says; ready when it says so by HTTP, since its log may say nothing. */
async function start(t: TestContext, stdout: 'pipe' | number) {
  const [port, adminPort] = await freePorts(2);
  const file = join(await temporaryDirectory(t), 'gateway.yaml');
  const config = {
    version: 1,
    listeners: { web: { port, adminPort } },
    drain: { delayMs: 0 },
    // Small, so that few requests fill it.
    logging: { maxBufferBytes: 65_536 },
    enforcement: { limits: { mode: 'report' } },
    rateLimit: { burst: { exempt: ['127.0.0.0/8'] } },
    auth: { issuers: [{ issuer: 'https://id.test', jwks: { uri: 'http://127.0.0.1:1' }, audiences: { web: ['x'] } }] },
    upstreams: { users: nowhere, orders: nowhere, payments: nowhere },
  };
  await writeFile(file, JSON.stringify(config));
  const child: ChildProcess = spawn(process.execPath, ['bff-web/main.ts'], {
    env: { ...process.env, FACET_CONFIG: file },
    stdio: ['ignore', stdout, 'inherit'],
  });
  t.after(async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  const admin = `http://127.0.0.1:${adminPort}`;
  await waitFor(async () => (await fetch(`${admin}/readyz`).catch(() => undefined))?.ok, { what: 'readiness' });
  const asker = new Asker(t, `http://127.0.0.1:${port}/graphql`);
  const dropped = async (): Promise<number> => {
    const text = await (await fetch(`${admin}/metrics`)).text();
    return Number(/^facet_log_lines_dropped_total (\d+)$/m.exec(text)?.[1]);
  };
  return { child, asker, dropped };
}

async function exitCode(child: ChildProcess): Promise<number | null> {
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

describe('a log that nobody takes', () => {
  test('a reader that stopped reading costs lines, counted, and no request', async (t) => {
    const { child, asker, dropped } = await start(t, 'pipe');
    const startedAt = performance.now();
    const replies = await asker.askMany(requests);
    assert.ok(replies.every(({ status }) => status === 200));
    assert.ok(performance.now() - startedAt < 20_000);
    assert.ok((await dropped()) > 0, 'something was dropped');

    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    const before = await dropped();
    // An answer may be here before its line is: any of the ids asked for since will do.
    const ids: string[] = [];
    await waitFor(
      async () => {
        const { headers } = await asker.ask();
        ids.push(String(headers['x-correlation-id']));
        return ids.some((id) => text.includes(id)) || undefined;
      },
      { what: 'lines to flow again once they are read', timeoutMs: 30_000 },
    );
    assert.ok((await dropped()) >= before);
    const whole = text.split('\n').filter((line) => line !== '');
    for (const line of whole.slice(0, -1)) JSON.parse(line);
    assert.equal(await exitCode(child), 0);
  });

  test('a reader that is gone for good does not keep the process from ending', async (t) => {
    const { child, asker, dropped } = await start(t, 'pipe');
    child.stdout?.destroy();
    const replies = await asker.askMany(64);
    assert.ok(replies.every(({ status }) => status === 200));
    await waitFor(async () => (await dropped()) > 0, { what: 'drops to be counted' });
    assert.equal(await exitCode(child), 0);
  });

  test('a full disk costs lines, counted, and no request', async (t) => {
    const full = openSync('/dev/full', 'w');
    const { child, asker, dropped } = await start(t, full);
    closeSync(full);
    const replies = await asker.askMany(requests);
    assert.ok(replies.every(({ status }) => status === 200));
    await waitFor(async () => (await dropped()) > requests, { what: 'drops to be counted' });
    assert.equal(await exitCode(child), 0);
  });
});
