import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonText } from '../../../src/lib/json-text.ts';

test('every character comes back from the text as it went in, alone and among others', () => {
  for (let code = 0; code <= 0xffff; code++) {
    const character = String.fromCharCode(code);
    for (const text of [character, `a${character}`, `${character}b`]) {
      const written = jsonText(text);
      if (written !== JSON.stringify(text)) assert.fail(`U+${code.toString(16)} became ${written}`);
    }
  }
  assert.equal(jsonText(''), '""');
});
