import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  amountDueAfter,
  amountDueOf,
  amountText,
  hasPaymentStory,
  methodText,
  paymentText,
  refundedText,
} from '../../../src/domain/display-payment.ts';
import { paymentStates } from '../../../src/domain/states.ts';
import { money, order, payment } from '../../support/records.ts';

const english = { language: 'en-GB' };
const open = (paymentState: (typeof paymentStates)[number]) => order({ status: 'OPEN', paymentState });

test('every state of payment has its words', () => {
  const texts = paymentStates.map((paymentState) => paymentText({ paymentState }, english));
  assert.equal(new Set(texts).size, paymentStates.length);
  assert.equal(paymentText({ paymentState: 'PARTIALLY_REFUNDED' }, { language: 'de' }), 'Teilweise erstattet');
});

test('what is due is said by the order record alone where it can be', () => {
  const due = Object.fromEntries(paymentStates.map((state) => [state, amountDueOf(open(state))]));
  assert.deepEqual(due, {
    UNPAID: money(1_000),
    PENDING: 'ask',
    AUTHORIZED: null,
    PARTIALLY_PAID: 'ask',
    PAID: null,
    PARTIALLY_REFUNDED: null,
    REFUNDED: null,
    VOIDED: null,
    FAILED: money(1_000),
    UNKNOWN: 'ask',
  });
});

test('nobody is asked to pay for what is cancelled, completed or unheard of', () => {
  for (const status of ['CANCELLED', 'COMPLETED', 'UNKNOWN'] as const) {
    assert.equal(amountDueOf(order({ status, paymentState: 'UNPAID' })), null);
    assert.equal(amountDueAfter(order({ status, paymentState: 'PARTIALLY_PAID' }), []), null);
  }
});

test('money that was taken or is under way is not due again; a challenge at the bank may be replaced', () => {
  const pending = open('PENDING');
  const due = (...payments: ReturnType<typeof payment>[]) => amountDueAfter(pending, payments)?.amountMinor;
  const nothing = money(0);
  assert.equal(due(payment({ amountCaptured: money(400) })), 600n);
  assert.equal(due(payment({ status: 'PROCESSING', amountCaptured: nothing })), undefined);
  assert.equal(due(payment({ status: 'UNKNOWN', amountCaptured: nothing })), undefined);
  assert.equal(due(payment({ status: 'REQUIRES_ACTION', amountCaptured: nothing })), 1_000n);
  assert.equal(due(payment({ status: 'REQUIRES_PAYMENT_METHOD', amountCaptured: nothing })), 1_000n);
});

test('payments are asked for only where they say more than the order does', () => {
  const silent = paymentStates.filter((paymentState) => !hasPaymentStory({ paymentState }));
  assert.deepEqual(silent, ['UNPAID', 'VOIDED', 'FAILED']);
});

test('methods are named as they were used, each once; the unheard of has a name, too', () => {
  const by = (type: string) => payment({ instrument: { type, card: null } });
  assert.equal(methodText([payment()], english), 'Visa •••• 4242');
  assert.equal(methodText([by('gift_card'), payment(), payment()], english), 'Gift card + Visa •••• 4242');
  assert.equal(methodText([by('bank_transfer')], { language: 'de-DE' }), 'Überweisung');
  assert.equal(methodText([by('moon_dust')], english), 'Another method');
  assert.equal(methodText([by('constructor')], english), 'Another method');
  assert.equal(methodText([payment({ status: 'REQUIRES_PAYMENT_METHOD' })], english), null);
  assert.equal(methodText([payment({ instrument: null })], english), null);
});

test('money that went back is named in sum, and not at all when there is none', () => {
  const given = (amountMinor: number) => payment({ amountRefunded: money(amountMinor) });
  assert.equal(refundedText(order(), [given(250), given(50)], english), '€3.00 refunded');
  assert.match(refundedText(order(), [given(300)], { language: 'fr-FR' }) ?? '', /^3,00\s€ remboursés$/u);
  assert.equal(refundedText(order(), [given(0)], english), null);
  const dollars = payment({ amountRefunded: money(300, 'USD') });
  assert.equal(refundedText(order(), [dollars], english), null);
});

test('an amount keeps the digits of its currency', () => {
  assert.equal(amountText({ amountMinor: 5_000n, currency: 'JPY' }, { language: 'en-US' }), '¥5,000');
});
