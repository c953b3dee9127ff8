/**
 * A stand-in for the three services and the key set, in one process: every reply is made once and kept as bytes, so that the gateway
 * under test is what a run measures. It keeps to the contracts; `--cacheable` sends `private, max-age=60`, `--delay-ms=20` answers that
 * much later.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PaymentInput } from '../src/generated/payment-service.ts';
import type { OrderBatchRequest } from '../src/generated/order-service.ts';
import { validatorFor } from '../src/generated/index.ts';
import { orderById, orderPage, payment, paymentPage, userPage } from './world.ts';

const cacheControl = process.argv.includes('--cacheable') ? 'private, max-age=60' : 'no-store';
const delayMs = Number(process.argv.find((arg) => arg.startsWith('--delay-ms='))?.split('=')[1] ?? 0);
const keys = process.argv.at(-1) ?? '{"keys":[]}';
const replies = new Map<string, Buffer>();
/** Users in turn bring the same few questions each. */
const maxReplies = 20_000;

const routes: readonly (readonly [path: string, answer: (query: URLSearchParams) => unknown])[] = [
  ['/v1/users', (query) => checked(validatorFor('users', 'UserPage'), userPage(list(query, 'ids')))],
  ['/v1/orders', (query) => checked(validatorFor('orders', 'OrderPage'), ordersOf(query))],
  ['/v1/payments', (query) => checked(validatorFor('payments', 'PaymentPage'), paymentPage(list(query, 'order_id')))],
  ['/jwks', () => JSON.parse(keys) as unknown],
];

function ordersOf(query: URLSearchParams) {
  return orderPage(
    query.get('customer_id') ?? '',
    Number(query.get('limit') ?? 20),
    list(query, 'include').includes('line_items'),
  );
}

/** Lists are sent as `a=1&a=2` or `a=1,2`, whatever the contract says. */
function list(query: URLSearchParams, name: string): string[] {
  return query.getAll(name).flatMap((value) => value.split(','));
}

/** The stand-in holds itself to the contracts that it stands for. */
function checked<Value>(isValid: (value: unknown) => boolean, value: Value): Value {
  if (!isValid(value)) throw new Error(`the stand-in breaks a contract: ${JSON.stringify(value).slice(0, 200)}`);
  return value;
}

function replyTo(url: string): Buffer | undefined {
  let reply = replies.get(url);
  if (reply) return reply;
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const answer = routes.find(([path]) => path === pathname)?.[1];
  const single = /^\/v1\/orders\/(ord_\w+)$/.exec(pathname)?.[1];
  if (!answer && !single) return undefined;
  reply = Buffer.from(JSON.stringify(answer ? answer(searchParams) : orderById(single ?? '')));
  if (replies.size >= maxReplies) replies.clear();
  replies.set(url, reply);
  return reply;
}

/** What is asked by POST; a reply is kept by what the body asks for. */
const posts: Readonly<
  Record<string, (body: never) => { readonly status: number; readonly key: string; make(): unknown }>
> = {
  '/v1/payments': ({ order_id: orderId }: PaymentInput) => ({
    status: 201,
    key: orderId,
    make: () => checked(validatorFor('payments', 'Payment'), payment(orderId)),
  }),
  '/v1/orders/batch-get': ({ ids }: OrderBatchRequest) => ({
    status: 200,
    key: ids.join(','),
    make: () => checked(validatorFor('orders', 'OrderBatch'), { items: ids.map(orderById), missing: [] }),
  }),
};

async function post(url: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const answer = posts[url];
  if (!answer) return sendUnknown(response);
  const { status, key, make } = answer(JSON.parse(Buffer.concat(chunks).toString()) as never);
  const kept = `POST ${url} ${key}`;
  let reply = replies.get(kept);
  if (!reply) {
    reply = Buffer.from(JSON.stringify(make()));
    replies.set(kept, reply);
  }
  sendReply(status, reply, response);
}

function sendUnknown(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'application/problem+json' }).end('{"title":"unknown","status":404}');
}

function send(url: string, response: ServerResponse): void {
  const reply = replyTo(url);
  if (!reply) return sendUnknown(response);
  sendReply(200, reply, response);
}

function sendReply(status: number, reply: Buffer, response: ServerResponse): void {
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'content-length': reply.length,
      'cache-control': cacheControl,
    })
    .end(reply);
}

// A peer that asks for the records of several callers in one call has long addresses.
const server: Server = createServer({ maxHeaderSize: 131_072 }, (request, response) => {
  if (request.method === 'POST') return void post(request.url ?? '/', request, response);
  request.resume();
  if (delayMs > 0) setTimeout(send, delayMs, request.url ?? '/', response);
  else send(request.url ?? '/', response);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
