import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { buildSchema } from 'graphql';
import { schemaChanges, type SchemaChange } from '../../scripts/schema-changes.ts';
import { documentIdOf } from '../../src/operation/registry/registered-operation.ts';

const sdl = `
  directive @closed(reason: String!) on ENUM
  type Query { order(id: ID!): Order find(filter: Filter): [Order!] old: String @deprecated(reason: "Use order. since=2026-01 removeAfter=2027-01") }
  type Order { id: ID! title: String note: String state: State tone: Tone size(px: Int): Int }
  enum State { OPEN DONE UNKNOWN }
  enum Tone @closed(reason: "ours") { GOOD BAD }
  input Filter { state: State }
  type Mutation { pay: PayResult! }
  union PayResult = PaySuccess | PayProblem
  type PaySuccess { order: Order }
  type PayProblem { code: String! message: String! }
  type SorryProblem { code: String! message: String! }
`;
const text = 'query Detail($f: Filter) { order(id: 1) { id title tone } find(filter: $f) { state size(px: 1) } }';
const operation = {
  client: 'app',
  version: '0.9.0',
  file: 'detail.graphql',
  name: 'Detail',
  kind: 'query' as const,
  documentId: documentIdOf(text),
  text,
};

async function changeOf(from: string, to: string, abstractOutputs: 'any' | string[] = 'any'): Promise<SchemaChange> {
  const after = sdl.replace(from, to);
  assert.notEqual(after, sdl);
  const now = new Date('2026-11-21T00:00:00Z');
  const changes = await schemaChanges(buildSchema(sdl), buildSchema(after), [operation], { abstractOutputs }, now);
  return changes[0] ?? assert.fail('no change was seen');
}

const detail = ['app 0.9.0 Detail'];
const cases: readonly [name: string, from: string, to: string, verdict: string, because: readonly string[]][] = [
  ['a field that a released app selects may not go', ' title: String', '', 'blocking', detail],
  ['a field that no released app selects may go', ' note: String', '', 'accepted', []],
  ['a selected field may not change its type', 'title: String', 'title: Int', 'blocking', detail],
  [
    'a new required argument breaks whoever asks the field',
    'size(px: Int)',
    'size(px: Int, dpi: Int!)',
    'blocking',
    detail,
  ],
  ['an argument in use may not go', 'size(px: Int)', 'size', 'blocking', detail],
  [
    'a new required input field breaks whoever sends the input',
    'input Filter {',
    'input Filter { shop: ID!',
    'blocking',
    detail,
  ],
  ['an enum value that an app may send or draw may not go', 'OPEN DONE', 'OPEN', 'blocking', detail],
  ['a new value of an open enum is worth a look', 'OPEN DONE', 'OPEN HELD DONE', 'warning', []],
  ['a new value of a closed enum breaks apps that switch over it', 'GOOD BAD', 'GOOD BAD UGLY', 'blocking', detail],
  [
    'a deprecated field stays as long as promised, used or not',
    ' old: String @deprecated(reason: "Use order. since=2026-01 removeAfter=2027-01")',
    '',
    'blocking',
    ['its deprecation promises it until 2027-01'],
  ],
];

for (const [name, from, to, verdict, because] of cases) {
  test(name, async () => {
    const change = await changeOf(from, to);
    assert.deepEqual({ verdict: change.verdict, because: change.because }, { verdict, because });
  });
}

test('a new member of a result is a warning where clients can have any, and breaking where outputs are closed', async () => {
  const [from, to] = ['PaySuccess | PayProblem', 'PaySuccess | PayProblem | SorryProblem'];
  assert.equal((await changeOf(from, to)).verdict, 'warning');
  // No registered operation of this schema pays, so it is breaking but accepted.
  assert.equal((await changeOf(from, to, ['Node'])).verdict, 'accepted');
});

test('npm run diff:schema compares with a git ref and names the app that breaks', () => {
  const root = mkdtempSync(join(tmpdir(), 'facet-diff-'));
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: root });
  const run = () =>
    spawnSync(process.execPath, [resolve('scripts/diff-schema.ts'), 'HEAD'], { cwd: root, encoding: 'utf8' });
  try {
    cpSync('schema', join(root, 'schema'), { recursive: true });
    git('init', '-q');
    git('add', '-A');
    git('commit', '-q', '-m', 'before');
    const same = run();
    assert.equal(same.status, 0, same.stderr);
    assert.match(same.stdout, /^mobile: nothing that a client could feel changed since HEAD$/m);

    const path = join(root, 'schema/mobile/order.graphql');
    const before = readFileSync(path, 'utf8');
    writeFileSync(path, before.replace(/ {2}"The status in words[^@]+@deprecated\([^)]+\)\n/, ''));
    const { status, stdout } = run();
    assert.equal(status, 1);
    assert.match(
      stdout,
      /^BLOCKED {2}mobile: .*statusLabel.* \(mobile 0\.9\.0 Home; mobile 0\.9\.0 OrdersPage; its deprecation promises it until 2028-05\)$/m,
    );
  } finally {
    rmSync(root, { recursive: true });
  }
});
