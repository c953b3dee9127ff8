import { test } from 'node:test';
import { surviveCutPayments } from '../support/cut-payments.ts';

test('row 21: 1 000 connections cut in the middle of one payment are one charge', (t) => surviveCutPayments(t, 50, 20));
