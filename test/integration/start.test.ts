import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { decodeJwt } from 'jose';
import { children } from '../../demo/children.ts';
import { demoEnvironment, readyLine, type RunningDemo, startDemo } from '../support/demo.ts';
import {
  freePorts,
  isAlive,
  runProcess,
  signalProcess,
  suiteCleanup,
  temporaryDirectory,
  waitFor,
} from '../support/processes.ts';

/** Makes a Node claim to be this version, before anything else runs. */
function claimVersion(version: string): string {
  const code = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

async function pidsOf(demo: RunningDemo): Promise<number[]> {
  const pids = (await demo.state()).processes.map(({ pid }) => pid ?? 0);
  assert.equal(pids.length, children.length);
  for (const pid of pids) assert.ok(await isAlive(pid), `${pid} runs`);
  return pids;
}

async function allGone(pids: readonly number[]): Promise<void> {
  await waitFor(async () => (await Promise.all(pids.map(isAlive))).every((alive) => !alive), {
    what: `${pids.join(', ')} to end`,
  });
}

async function isFree(port: string | undefined): Promise<boolean> {
  const probe = createServer().listen(Number(port), '127.0.0.1');
  return Promise.race([once(probe, 'listening').then(() => true), once(probe, 'error').then(() => false)]).finally(() =>
    probe.close(),
  );
}

const file = suiteCleanup(after);
/** One for all tests here, which run one after the other: seeding takes seconds. */
let dataDir: string;
before(async () => {
  dataDir = await temporaryDirectory(file);
});

describe('npm start', () => {
  const suite = suiteCleanup(after);
  let demo: RunningDemo;
  before(async () => {
    demo = await startDemo(suite, { dataDir });
  });

  test('prints one screen whose last line says that all is ready', async () => {
    const lines = demo.output().trimEnd().split('\n');
    assert.ok(lines.length <= 40, `${lines.length} lines`);
    assert.match(lines.at(-1) ?? '', readyLine);
    for (const { ports, readyUrl } of children) {
      const resolved = Object.fromEntries(ports.map(({ variable }) => [variable, Number(demo.environment[variable])]));
      assert.equal((await fetch(readyUrl(resolved))).status, 200, readyUrl(resolved));
    }
  });

  test('shows a curl that works as pasted', async () => {
    const pasted = demo.output().match(/curl -s (\S+) -H '([^']+)' \\\n\s+-H '([^']+)' \\\n\s+-d '([^']+)'/);
    assert.ok(pasted, demo.output());
    const [, url = '', contentType = '', authorization = '', body = ''] = pasted;
    const headers = [contentType, authorization].map((header) => header.split(': ') as [string, string]);
    const response = await fetch(url, { method: 'POST', headers, body });
    const answer = (await response.json()) as { data?: { viewer?: unknown }; errors?: unknown };
    assert.equal(response.status, 200);
    assert.equal(answer.errors, undefined, JSON.stringify(answer));
    assert.ok(answer.data?.viewer, 'the token on the screen is accepted');
  });

  test('npm run token prints a token and nothing else', async (t) => {
    const env = demo.environment;
    const both = await runProcess(t, 'bin/token.mjs', { args: ['customer'], env });
    assert.equal(both.code, 0);
    assert.match(both.output, /^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    assert.equal([decodeJwt(both.output).aud].flat().length, 2);
    const one = await runProcess(t, 'bin/token.mjs', { args: ['support', '--bff', 'mobile'], env });
    assert.equal(decodeJwt(one.output).aud, 'https://facet.example/mobile');
  });

  for (const args of [['nobody'], [], ['customer', 'support'], ['customer', '--bff', 'tv'], ['customer', '--all']]) {
    test(`npm run token refuses "${args.join(' ')}" and says how it is used`, async (t) => {
      const { code, output } = await runProcess(t, 'bin/token.mjs', { args, env: demo.environment });
      assert.equal(code, 1);
      assert.match(output, /usage: npm run -s token -- customer\|new-customer\|support\|suspended\|admin/);
      assert.doesNotMatch(output, /\n\s+at /);
    });
  }

  test('a process that dies by itself is started again, and the screen says why', async () => {
    const first = await demo.processNamed('identity-provider');
    signalProcess(first.pid, 'SIGKILL');
    const second = await waitFor(
      async () => {
        const now = await demo.processNamed('identity-provider');
        return now.status === 'up' && now.pid !== first.pid && now;
      },
      { what: 'the identity provider to be up again' },
    );
    assert.equal(second.restarts, first.restarts + 1);
    assert.match(demo.output(), /the identity provider ended by itself, starts again in 0.5 s/);
  });

  for (const action of ['kill', 'stop']) {
    test(`a service that the control was told to ${action} stays down until it is switched on there`, async () => {
      const { pid } = await demo.processNamed('users');
      assert.equal((await demo.control(`/services/users/${action}`)).status, 200);
      assert.equal(await isAlive(pid ?? 0), false);

      // A crash elsewhere is repaired meanwhile: whatever restarts things has had its turn.
      const other = await demo.processNamed('bff-mobile');
      signalProcess(other.pid, 'SIGKILL');
      await waitFor(async () => (await demo.processNamed('bff-mobile')).restarts > other.restarts, { what: 'a crash' });
      await waitFor(async () => (await demo.processNamed('bff-mobile')).status === 'up', { what: 'a repair' });
      assert.deepEqual(
        [(await demo.processNamed('users')).status, (await demo.processNamed('users')).pid],
        ['down', null],
      );

      const on = await demo.control('/services/users/start');
      assert.equal(((await on.json()) as { status: string }).status, 'up');
    });
  }
});

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  test(`${signal} stops every process and ends with 0`, async (t) => {
    const demo = await startDemo(t, { dataDir });
    const pids = await pidsOf(demo);
    assert.deepEqual(await demo.kill(signal), { code: 0, signal: null });
    for (const pid of pids) assert.equal(await isAlive(pid), false, String(pid));
  });
}

test('kill -9 of the supervisor leaves no orphan', async (t) => {
  const demo = await startDemo(t, { dataDir });
  const pids = await pidsOf(demo);
  await demo.kill('SIGKILL');
  await allGone(pids);
});

test('kill -9 of npm itself leaves no orphan', { timeout: 60_000 }, async (t) => {
  const environment = await demoEnvironment(t, dataDir);
  const npm = spawn('npm', ['start'], { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'ignore'] });
  t.after(() => npm.kill('SIGTERM'));
  let output = '';
  npm.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  await waitFor(() => readyLine.test(output), { what: () => `ready:\n${output}`, timeoutMs: 50_000 });
  const state = await fetch(`http://127.0.0.1:${environment['CONTROL_PORT']}/state`);
  const { processes } = (await state.json()) as Awaited<ReturnType<RunningDemo['state']>>;
  npm.kill('SIGKILL');
  await allGone(processes.map(({ pid }) => pid ?? 0));
});

test('a taken port is one clear error that names port, owner and variable, and nothing is left running', async (t) => {
  const environment = await demoEnvironment(t, dataDir);
  const squatter = createServer().listen(Number(environment['WEB_PORT']), '127.0.0.1');
  t.after(() => void squatter.close());
  await once(squatter, 'listening');

  const { code, output } = await runProcess(t, 'bin/start.mjs', { env: environment });
  assert.equal(code, 1);
  assert.equal(
    output,
    `facet: Port ${environment['WEB_PORT']} is taken, and bff-web wants it: free it, or set WEB_PORT to another one.\n`,
  );
  assert.ok(await isFree(environment['USERS_PORT']));
  assert.ok(await isFree(environment['IDP_PORT']));
});

test('a port that is no port, and one that is wanted twice, are named together', async (t) => {
  const [port] = await freePorts(1);
  const environment = { ...(await demoEnvironment(t, dataDir)), USERS_PORT: String(port), IDP_PORT: String(port) };
  const { code, output } = await runProcess(t, 'bin/start.mjs', { env: { ...environment, WEB_PORT: 'http' } });
  assert.equal(code, 1);
  assert.match(output, /WEB_PORT must be a port from 1 to 65535, not "http"/);
  assert.match(output, new RegExp(`IDP_PORT and USERS_PORT are both ${port}`));
});

test('a process that can not start is one clear error, and nothing is left running', async (t) => {
  const environment = await demoEnvironment(t, dataDir);
  environment['FACET_CONFIG'] = '/nowhere/gateway.yaml';
  const { code, output } = await runProcess(t, 'bin/start.mjs', { env: environment });
  assert.equal(code, 1);
  assert.match(output, /^facet: bff-(web|mobile) ended before it was ready: .+\(see .+bff-(web|mobile)\.log\)\.\n$/);
  for (const { ports } of children) {
    for (const { variable } of ports) assert.ok(await isFree(environment[variable]), variable);
  }
});

test('npm run token says so when the demo is not running', async (t) => {
  const [port] = await freePorts(1);
  const { code, output } = await runProcess(t, 'bin/token.mjs', {
    args: ['customer'],
    env: { IDP_PORT: String(port) },
  });
  assert.equal(code, 1);
  assert.equal(
    output,
    `no identity provider answers at http://127.0.0.1:${port}: run npm start first, or set IDP_PORT to where it is\n`,
  );
});

test('an old Node hands over to the one that npm ci installed', async (t) => {
  const demo = await startDemo(t, { dataDir, nodeOptions: ['--import', claimVersion('20.20.2')] });
  const pids = await pidsOf(demo);
  await demo.kill('SIGKILL');
  await allGone(pids);
});

for (const entry of ['start', 'token', 'web', 'mobile']) {
  test(`bin/${entry}.mjs on an old Node without that says what is wrong in one sentence`, async (t) => {
    const folder = await temporaryDirectory(t);
    await cp('bin', join(folder, 'bin'), { recursive: true });
    const { code, output } = await runProcess(t, '--import', {
      args: [claimVersion('20.20.2'), join(folder, 'bin', `${entry}.mjs`)],
    });
    assert.equal(code, 1);
    assert.match(output, /^Facet needs Node 24\.17 or newer, and this is Node 20\.20\.2: [^\n]+\.\n$/);
  });
}
