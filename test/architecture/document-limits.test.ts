import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

test('docs/documents.md lists every limit that a document can break, and no other', () => {
  const thrown = globSync('src/operation/**/*.ts').flatMap((file) => {
    const source = readFileSync(file, 'utf8');
    return [...source.matchAll(/(?:tooComplex|within)\(\s*'(\w+)'/g)].map(([, name]) => name);
  });
  const [, section = ''] = readFileSync('docs/documents.md', 'utf8').split('## Limits');
  const listed = [...section.matchAll(/^\| `(\w+)` +\|/gm)].map(([, name]) => name);
  assert.deepEqual(listed.toSorted(), [...new Set(thrown)].toSorted());
  assert.ok(listed.length > 10);
});
