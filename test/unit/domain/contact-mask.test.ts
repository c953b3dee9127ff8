import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskedEmail, maskedPhone } from '../../../src/domain/contact-mask.ts';

const emails: readonly [string, string][] = [
  ['ava.martinez@example.com', 'a•••@example.com'],
  ['a@example.com', 'a•••@example.com'],
  ['"odd@one"@example.com', '"•••@example.com'],
  ['😀smile@example.com', '😀•••@example.com'],
  ['@example.com', '•••'],
  ['nobody', '•••'],
  ['', '•••'],
];
for (const [email, masked] of emails)
  test(`the e-mail ${JSON.stringify(email)} shows as ${masked}`, () => {
    assert.equal(maskedEmail(email), masked);
  });

const phones: readonly [string, string][] = [
  ['+44765778798', '••••98'],
  ['+4312', '••••12'],
  ['+431', '••••'],
  ['', '••••'],
];
for (const [phone, masked] of phones)
  test(`the phone ${JSON.stringify(phone)} shows as ${masked}`, () => {
    assert.equal(maskedPhone(phone), masked);
  });
