import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Phrase } from '../../../src/domain/display-phrase.ts';
import { german } from '../../../src/domain/display-texts-de.ts';
import { english, type TextKey } from '../../../src/domain/display-texts-en.ts';
import { french } from '../../../src/domain/display-texts-fr.ts';
import { japanese } from '../../../src/domain/display-texts-ja.ts';
import { say, sentenceAudience, textLanguages } from '../../../src/domain/display-texts.ts';

const translations = { de: german, fr: french, ja: japanese };

const formsOf = (phrase: Phrase): string[] => (typeof phrase === 'string' ? [phrase] : Object.values(phrase));
const placesOf = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

test('every translation says every text, with the same values in it', () => {
  assert.deepEqual(textLanguages, ['en', ...Object.keys(translations)]);
  for (const [language, texts] of Object.entries(translations))
    for (const key of Object.keys(english) as TextKey[])
      for (const form of formsOf(texts[key])) {
        assert.notEqual(form.trim(), '', `${language} ${key}`);
        assert.deepEqual(placesOf(form), placesOf(formsOf(english[key])[0] ?? ''), `${language} ${key}`);
      }
});

test('regions of a language share its texts', () => {
  assert.equal(say('statusDelivered', { language: 'de-AT' }), 'Zugestellt');
  assert.equal(say('statusDelivered', { language: 'ja' }), 'お届け済み');
});

test('a language without texts reads English, and its sentences have English dates in them', () => {
  for (const language of ['nl-NL', 'ar-EG', 'constructor', '']) {
    assert.equal(say('statusDelivered', { language }), 'Delivered');
    assert.equal(sentenceAudience({ language }).language, 'en-GB');
  }
  assert.equal(sentenceAudience({ language: 'de-AT' }).language, 'de-AT');
});

test('a number picks the plural form of the language', () => {
  const more = (language: string, count: number) => say('titleMore', { language }, { first: 'Becher', count });
  assert.equal(more('de', 1), 'Becher und 1 weiterer Artikel');
  assert.equal(more('de', 3), 'Becher und 3 weitere Artikel');
  assert.equal(more('en', 3), 'Becher and 3 more');
});

test('what stands in a value is never taken for a place', () => {
  assert.equal(
    say('titleMore', { language: 'en' }, { first: '{count} $& {first}', count: 2 }),
    '{count} $& {first} and 2 more',
  );
});
