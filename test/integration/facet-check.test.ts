import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import type { Manifest } from '../../src/operation/registry/manifest.ts';
import { runProcess, temporaryDirectory } from '../support/processes.ts';

const facetEntry = resolve('bin/facet.mjs');

/** A copy of what `facet` judges, to be broken. */
async function copy(t: TestContext): Promise<string> {
  const root = await temporaryDirectory(t);
  cpSync('schema', join(root, 'schema'), { recursive: true });
  cpSync('gateway.yaml', join(root, 'gateway.yaml'));
  return root;
}

const facet = (t: TestContext, root: string, ...args: string[]) =>
  runProcess(t, facetEntry, { cwd: root, args, env: { FACET_CONFIG: undefined } });

function edit(root: string, file: string, change: (text: string) => string): void {
  const path = join(root, file);
  const before = readFileSync(path, 'utf8');
  const after = change(before);
  assert.notEqual(after, before, `the edit of ${file} changes nothing`);
  writeFileSync(path, after);
}

const homeFile = 'schema/operations/mobile/1.0.0/home.graphql';

describe('facet check', () => {
  test('what is committed is good', async (t) => {
    const { code, output } = await facet(t, process.cwd(), 'check');
    assert.equal(code, 0, output);
    assert.match(output, /are good\.$/m);
  });

  test('every problem is told at once, each with its place', async (t) => {
    const root = await copy(t);
    edit(root, 'gateway.yaml', (text) => `${text}\nunknownThing: 1\noperations:\n  mode: perhaps\n`);
    edit(root, 'schema/mobile/order.graphql', (text) => text.replace('  thumbnailUrl(', '  pictureUrl('));
    edit(root, 'schema/web/query.graphql', (text) =>
      text.replace('  viewer: User', '  viewer: User\n  "New." motd: User'),
    );
    edit(root, homeFile, (text) => text.replace('greeting', 'greeting avatarUrl'));
    const { code, output } = await facet(t, root, 'check');
    assert.equal(code, 1);
    const expected = [
      /^gateway\.yaml: unknownThing: unknown key$/m,
      /^gateway\.yaml: operations\.mode: /m,
      /^mobile 1\.0\.0 Home .*thumbnailUrl.*home\.graphql/m,
      /^mobile 1\.0\.0 Home: Cannot query field "thumbnailUrl"/m,
      /^web: Query\.motd has no permission$/m,
      /^schema\/operations\/mobile\/manifest\.json: 1\.0\.0 Home was published with another text/m,
      /^\d+ problems$/m,
    ];
    for (const line of expected) assert.match(output, line);
  });

  test('a published operation that breaks a limit is told', async (t) => {
    const root = await copy(t);
    const dear = 'query Dear { orders(first: 50) { edges { node { items(first: 50) { edges { node { id } } } } } } }';
    writeFileSync(join(root, 'schema/operations/mobile/1.0.0/dear.graphql'), dear);
    assert.equal((await facet(t, root, 'operations', 'publish')).code, 0);
    const { code, output } = await facet(t, root, 'check');
    assert.equal(code, 1);
    assert.match(output, /^mobile 1\.0\.0 Dear: costs \d+ units by its defaults, more than 1000$/m);
  });

  test('what was published in a revision must still be there', async (t) => {
    const root = await copy(t);
    const git = (...args: string[]): string =>
      execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], {
        cwd: root,
        encoding: 'utf8',
      });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'published');
    assert.equal((await facet(t, root, 'check', '--since', 'HEAD')).code, 0);
    rmSync(join(root, homeFile));
    edit(root, 'schema/operations/mobile/manifest.json', (text) => {
      const manifest = JSON.parse(text) as Manifest;
      const operations = manifest.operations.filter(({ name, version }) => name !== 'Home' || version !== '1.0.0');
      return JSON.stringify({ ...manifest, operations });
    });
    assert.equal((await facet(t, root, 'check')).code, 0, 'files and manifest agree');
    const { code, output } = await facet(t, root, 'check', '--since', 'HEAD');
    assert.equal(code, 1);
    assert.match(output, /1\.0\.0 Home was published before and must stay as it was/);
    assert.match((await facet(t, root, 'check', '--since', 'nowhere')).output, /there is no git revision nowhere/);
  });

  test('a word that makes no sense is answered with the usage', async (t) => {
    const { code, output } = await facet(t, process.cwd(), 'check', '--fast');
    assert.equal(code, 2);
    assert.match(output, /Usage: facet check/);
  });
});

describe('facet operations', () => {
  test('publish adds new operations to the manifest of their client, and only those', async (t) => {
    const root = await copy(t);
    const manifest = (): Manifest =>
      JSON.parse(readFileSync(join(root, 'schema/operations/mobile/manifest.json'), 'utf8')) as Manifest;
    const before = manifest();
    assert.match((await facet(t, root, 'operations', 'publish')).output, /^mobile: nothing new$/m);
    assert.deepEqual(manifest(), before);
    cpSync(join(root, homeFile), join(root, 'schema/operations/mobile/1.1.0/home.graphql'));
    const { code, output } = await facet(t, root, 'operations', 'publish', '--client', 'mobile');
    assert.equal(code, 0, output);
    assert.match(output, /^published mobile 1\.1\.0 Home sha256:[0-9a-f]{64}$/m);
    assert.deepEqual(manifest().operations.slice(0, -1), before.operations);
    const list = await facet(t, root, 'operations', 'list', '--client', 'mobile', '--json');
    const listed = JSON.parse(list.output) as { name: string; version: string }[];
    assert.ok(listed.some(({ name, version }) => name === 'Home' && version === '1.1.0'));
  });

  test('publish refuses a published operation with another text, and writes nothing', async (t) => {
    const root = await copy(t);
    edit(root, homeFile, (text) => text.replace('greeting', 'greeting avatarUrl'));
    cpSync(join(root, homeFile), join(root, 'schema/operations/mobile/1.1.0/home.graphql'));
    const before = readFileSync(join(root, 'schema/operations/mobile/manifest.json'), 'utf8');
    const { code, output } = await facet(t, root, 'operations', 'publish');
    assert.equal(code, 1);
    assert.match(output, /Home of 1\.0\.0 was published on .* with another text/);
    assert.equal(readFileSync(join(root, 'schema/operations/mobile/manifest.json'), 'utf8'), before);
  });

  test('an unknown client or action is answered with the usage', async (t) => {
    assert.equal((await facet(t, process.cwd(), 'operations', 'publish', '--client', 'shop')).code, 2);
    assert.equal((await facet(t, process.cwd(), 'operations', 'delete')).code, 2);
    assert.equal((await facet(t, process.cwd(), 'operations')).code, 2);
  });
});
