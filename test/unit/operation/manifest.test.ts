import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Manifest, manifestProblems, publish } from '../../../src/operation/registry/manifest.ts';
import { documentIdOf, type RegisteredOperation } from '../../../src/operation/registry/registered-operation.ts';

const operation = (name: string, text: string, version = '1.0.0'): RegisteredOperation => ({
  client: 'app',
  version,
  file: `schema/operations/app/${version}/${name}.graphql`,
  name,
  kind: 'query',
  documentId: documentIdOf(text),
  text,
});

const empty: Manifest = { format: 'facet-operations', version: 1, operations: [] };
const home = operation('Home', 'query Home { home }');
const list = operation('List', 'query List { list }');
const published = publish(empty, [home], '2026-11-21');

test('publishing adds what is new, at the end', () => {
  const next = publish(published, [list, home, operation('Home', home.text, '1.1.0')], '2026-12-01');
  assert.deepEqual(
    next.operations.map(({ name, version, publishedAt }) => [name, version, publishedAt]),
    [
      ['Home', '1.0.0', '2026-11-21'],
      ['List', '1.0.0', '2026-12-01'],
      ['Home', '1.1.0', '2026-12-01'],
    ],
  );
  assert.deepEqual(next.operations[0], {
    id: home.documentId,
    name: 'Home',
    version: '1.0.0',
    publishedAt: '2026-11-21',
    body: home.text,
  });
});

test('publishing again changes nothing', () => {
  assert.deepEqual(publish(published, [home], '2026-12-01'), published);
});

test('a published operation cannot be published with another text', () => {
  assert.throws(
    () => publish(published, [operation('Home', 'query Home { other }')], '2026-12-01'),
    /^Error: Home of 1\.0\.0 was published on 2026-11-21 with another text/,
  );
});

test('files and manifest that say the same have no problem', () => {
  assert.deepEqual(manifestProblems('app', published, [home], published), []);
});

const entry = published.operations[0] ?? assert.fail();
const cases: readonly {
  readonly problem: string;
  readonly manifest: Manifest;
  readonly files: readonly RegisteredOperation[];
  readonly released?: Manifest;
  readonly says: RegExp;
}[] = [
  {
    problem: 'a file that was not published',
    manifest: published,
    files: [home, list],
    says: /1\.0\.0 List .* is not published; run `facet operations publish`$/,
  },
  {
    problem: 'a published operation whose file is gone',
    manifest: published,
    files: [],
    says: /1\.0\.0 Home was published, but no file has it any more$/,
  },
  {
    problem: 'a file that was changed after it was published',
    manifest: published,
    files: [operation('Home', 'query Home { other }')],
    says: /1\.0\.0 Home was published with another text than schema\/operations\/app\/1\.0\.0\/Home\.graphql has now$/,
  },
  {
    problem: 'a text that is not what its id says',
    manifest: { ...published, operations: [{ ...entry, body: 'query Home { evil }' }] },
    files: [home],
    says: /the id of 1\.0\.0 Home is not the digest of its text$/,
  },
  {
    problem: 'an entry that is there twice',
    manifest: { ...published, operations: [entry, entry] },
    files: [home],
    says: /an operation is listed twice$/,
  },
  {
    problem: 'file and manifest changed together, against what was released',
    manifest: publish(empty, [operation('Home', 'query Home { other }')], '2026-11-21'),
    files: [operation('Home', 'query Home { other }')],
    released: published,
    says: /1\.0\.0 Home was published before and must stay as it was$/,
  },
  {
    problem: 'file and entry taken out together, against what was released',
    manifest: empty,
    files: [],
    released: published,
    says: /1\.0\.0 Home was published before and must stay as it was$/,
  },
];

for (const { problem, manifest, files, released, says } of cases) {
  test(`a problem is told: ${problem}`, () => {
    const problems = manifestProblems('app', manifest, files, released);
    assert.equal(problems.length, 1, JSON.stringify(problems));
    assert.match(problems[0] ?? '', says);
  });
}
