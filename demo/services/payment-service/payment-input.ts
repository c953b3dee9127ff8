import { type BodyReader, readObject } from '../kit/body-reader.ts';
import { notFound, Problem } from '../kit/problem.ts';
import type { ServiceRequest } from '../kit/request.ts';
import type { NewPayment } from './payment-desk.ts';
import type { Money, Payment } from './payment-records.ts';
import type { PaymentStore } from './payment-store.ts';
import { type PaymentSource, providerTokens, walletSource } from './processor.ts';

const sources = ['saved_method_id', 'provider_token', 'apple_pay_token', 'google_pay_token'] as const;

/** Reads the body of `POST /v1/payments` and holds it against the order it pays for. */
export function readNewPayment(request: ServiceRequest, payments: PaymentStore): NewPayment {
  const reader = readObject(request.body, [
    'order_id',
    'customer_id',
    'amount',
    'payment_source',
    'confirm',
    'capture_method',
    'metadata',
  ]);
  const orderId = reader.requiredText('order_id', { max: 64 });
  const customerId = reader.requiredText('customer_id', { max: 64 });
  const amount = readMoney(reader, 'amount');
  if (amount === undefined) reader.refuse('amount', 'required', 'Required.');
  const source = reader.object('payment_source', sources);
  if (source === undefined) reader.refuse('payment_source', 'required', 'Required.');
  const given = sources.filter((name) => source?.has(name));
  if (source !== undefined && given.length !== 1) reader.refuse('payment_source', 'not_one', 'Exactly one source.');
  const token = source?.text(given[0] ?? '', { min: given[0] === 'saved_method_id' ? 1 : 8, max: 16_384 });
  const isConfirmed = reader.flag('confirm') ?? true;
  const captureMethod = reader.oneOf('capture_method', ['automatic', 'manual']) ?? 'automatic';
  const metadata = reader.metadata('metadata') ?? {};
  reader.finish();
  const { role, userId } = request.caller;
  if (role === 'customer' && userId !== customerId) {
    throw new Problem(403, 'forbidden', 'A customer pays for orders of their own.');
  }
  checkPayable(payments, orderId, customerId, amount!);
  const found = findSource(payments, customerId, given[0]!, token!);
  return { orderId, customerId, amount: amount!, source: found, isConfirmed, captureMethod, metadata };
}

/** Reads the optional amount of a capture; everything that is authorized when it is left out. */
export function readCaptureAmount(body: unknown, payment: Payment): number {
  const reader = readObject(body ?? {}, ['amount']);
  const amount = readMoney(reader, 'amount');
  reader.finish();
  if (amount === undefined) return payment.amount_capturable.amount;
  checkCurrency(amount, payment.currency);
  if (payment.status === 'requires_capture' && amount.amount > payment.amount_capturable.amount) {
    throw unprocessable('amount_mismatch', '/amount', 'More than is authorized.');
  }
  return amount.amount;
}

export function readCancelInput(body: unknown): void {
  const reader = readObject(body ?? {}, ['reason']);
  reader.oneOf('reason', ['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned']);
  reader.finish();
}

/** A positive amount of money, or undefined when there is none. */
export function readMoney(reader: BodyReader, name: string): Money | undefined {
  const money = reader.object(name, ['amount', 'currency']);
  if (money === undefined) return undefined;
  const amount = money.integer('amount', { min: 1, max: Number.MAX_SAFE_INTEGER });
  if (!money.has('amount')) money.refuse('amount', 'required', 'Required.');
  return { amount: amount ?? 0, currency: money.requiredText('currency', { pattern: /^[A-Z]{3}$/ }) };
}

export function checkCurrency(amount: Money, currency: string): void {
  if (amount.currency !== currency)
    throw unprocessable('currency_mismatch', '/amount/currency', `It is in ${currency}.`);
}

/** Not twice, not more than is open, not for a cancelled order or somebody else's. */
function checkPayable(payments: PaymentStore, orderId: string, customerId: string, amount: Money): void {
  const order = payments.database.sql('SELECT * FROM payable_orders WHERE id = ?').get(orderId);
  if (order === undefined || order['customer_id'] !== customerId) throw notFound('order');
  if (order['is_cancelled'] === 1) throw new Problem(409, 'wrong_state', 'The order is cancelled.');
  checkCurrency(amount, String(order['currency']));
  const settled = payments.paymentsOf(orderId).reduce((sum, payment) => sum + engagedBy(payment), 0);
  const open = Number(order['total']) - settled;
  if (open <= 0) {
    throw new Problem(409, 'order_already_paid', 'A payment for the order succeeded or is under way.');
  }
  if (amount.amount > open) throw unprocessable('amount_mismatch', '/amount/amount', 'More than is open.');
}

/** How much of the order's total this payment has paid or may still pay. */
function engagedBy(payment: Payment): number {
  if (payment.status === 'succeeded') return payment.amount_captured.amount;
  const isUnderWay = ['processing', 'requires_capture', 'requires_confirmation'].includes(payment.status);
  return isUnderWay ? payment.amount.amount : 0;
}

function findSource(
  payments: PaymentStore,
  customerId: string,
  kind: (typeof sources)[number],
  token: string,
): PaymentSource {
  if (kind === 'apple_pay_token') return walletSource('apple_pay', token);
  if (kind === 'google_pay_token') return walletSource('google_pay', token);
  if (kind === 'provider_token') {
    const known = providerTokens.get(token);
    if (known !== undefined) return known;
  } else {
    const row = payments.database
      .sql('SELECT snapshot, outcome FROM payment_methods WHERE id = ? AND customer_id = ?')
      .get(token, customerId);
    if (row !== undefined) return { snapshot: JSON.parse(String(row['snapshot'])), outcome: String(row['outcome']) };
  }
  throw unprocessable('payment_source_invalid', `/payment_source/${kind}`, 'Not something this customer can pay with.');
}

function unprocessable(code: string, pointer: string, detail: string): Problem {
  return new Problem(422, code, detail, { errors: [{ pointer, code, detail }] });
}
