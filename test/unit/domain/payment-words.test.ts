import assert from 'node:assert/strict';
import { test } from 'node:test';
import { declineText } from '../../../src/domain/decline-text.ts';
import { brandName, instrumentLabel } from '../../../src/domain/instrument-label.ts';

const card = (brand: string) => ({ brand, last4: '4242', expiryMonth: 1, expiryYear: 2030 });

test('a payment is named after its card, or its kind, known or not', () => {
  assert.equal(instrumentLabel({ type: 'card', card: card('visa') }), 'Visa •••• 4242');
  assert.equal(instrumentLabel({ type: 'card', card: card('elo') }), 'elo •••• 4242');
  assert.equal(instrumentLabel({ type: 'bank_transfer', card: null }), 'Bank transfer');
  assert.equal(instrumentLabel({ type: 'carrier_pigeon', card: null }), 'Other');
  assert.equal(instrumentLabel({ type: 'constructor', card: null }), 'Other');
});

test('a brand that is a word of the language is still only a brand', () => {
  assert.equal(brandName('constructor'), 'constructor');
});

test('a lost card is declined like any other, and every decline has words of our own', () => {
  assert.equal(declineText('lost_card'), declineText('card_declined'));
  for (const code of ['insufficient_funds', 'new_reason', 'toString', null])
    assert.match(declineText(code), /^[A-Z].+\.$/);
});
