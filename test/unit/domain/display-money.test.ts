import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimalText, moneyText, sumMinor } from '../../../src/domain/display-money.ts';
import { money } from '../../support/records.ts';

/** What `Intl` writes has no-break spaces of several kinds; what matters is that there is one. */
const plain = (text: string): string => text.replace(/\s/gu, ' ');

test('an amount has as many digits after the point as ISO 4217 gives its currency', () => {
  assert.equal(decimalText(1_234, 'JPY'), '1234');
  assert.equal(decimalText(1_234, 'EUR'), '12.34');
  assert.equal(decimalText(1_234, 'KWD'), '1.234');
  assert.equal(decimalText(1_234, 'CLF'), '0.1234');
  assert.equal(decimalText(5, 'KWD'), '0.005');
  assert.equal(decimalText(-5, 'EUR'), '-0.05');
  assert.equal(decimalText(0, 'EUR'), '0.00');
});

test('it is written as people of that language write it', () => {
  assert.equal(moneyText(123_456, 'EUR', 'en-GB'), '€1,234.56');
  assert.equal(plain(moneyText(123_456, 'EUR', 'de-DE')), '1.234,56 €');
  assert.equal(plain(moneyText(123_456, 'EUR', 'fr-FR')), '1 234,56 €');
  assert.match(moneyText(1_234, 'JPY', 'ja-JP'), /^[¥￥]1,234$/);
  assert.equal(plain(moneyText(1_234, 'KWD', 'en-GB')), 'KWD 1.234');
  assert.equal(plain(moneyText(-1_234, 'EUR', 'de-DE')), '-12,34 €');
});

test('sums beyond 2^53 lose no digit', () => {
  const most = Number.MAX_SAFE_INTEGER;
  const sum = sumMinor([money(most), money(most), money(2)]);
  assert.equal(sum, 18_014_398_509_481_984n);
  assert.equal(moneyText(sum, 'EUR', 'en-GB'), '€180,143,985,094,819.84');
  assert.equal(moneyText(sum, 'JPY', 'en-GB'), 'JP¥18,014,398,509,481,984');
  assert.equal(moneyText(2n ** 64n + 1n, 'EUR', 'en-US'), '€184,467,440,737,095,516.17');
});
