import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareVersions, parseVersion } from '../../../src/lib/version.ts';

/** From Semantic Versioning 2.0 §11, and versions as apps write them: each is older than the next. */
const ascending = [
  '0.0.9',
  '0.9',
  '1.0.0-alpha',
  '1.0.0-alpha.1',
  '1.0.0-alpha.beta',
  '1.0.0-beta',
  '1.0.0-beta.2',
  '1.0.0-beta.11',
  '1.0.0-rc.1',
  'v1',
  '1.0.1',
  '1.2',
  '1.10.0',
  '2',
  '999999999.0.0',
];

test('versions are ordered as Semantic Versioning says', () => {
  for (const [left, a] of ascending.entries()) {
    for (const [right, b] of ascending.entries()) {
      const [first, second] = [parseVersion(a) ?? assert.fail(a), parseVersion(b) ?? assert.fail(b)];
      assert.equal(Math.sign(compareVersions(first, second)), Math.sign(left - right), `${a} and ${b}`);
    }
  }
});

test('build metadata and missing parts change nothing', () => {
  for (const [a, b] of [
    ['1.2.0', '1.2'],
    ['1.2.3+build.5', '1.2.3'],
    ['v2', '2.0.0'],
    ['1.0.0-rc.1+x', '1.0.0-rc.1'],
  ] as const)
    assert.equal(compareVersions(parseVersion(a) ?? assert.fail(), parseVersion(b) ?? assert.fail()), 0, `${a} ${b}`);
});

test('what is no version is undefined, never an error', () => {
  const texts = ['', 'latest', '1.', '.1', '1..2', '1.2.3.4', '-1', '1.2.3-', '1.2.3-a..b', ' 1', '1\n', '١', '1e3'];
  for (const text of [...texts, '1.2.3-é', '9'.repeat(10), `1.0.0-${'a'.repeat(60)}`, '1.0.0-'.padEnd(200_000, 'a.')])
    assert.equal(parseVersion(text), undefined, text.slice(0, 40));
});
