// What one would write by hand for these screens alone: node:http and undici, no GraphQL.

import { createServer } from 'node:http';
import { getJson, paths } from './rest.mjs';

const money = ({ amount, currency }) => ({ amountMinor: String(amount), currency });

async function load(userId, first, items, withUser, withPayments = true) {
  const orders = getJson(paths.orders(userId, first, items), userId);
  const people = withUser ? getJson(paths.users([userId]), userId) : undefined;
  const [{ items: page }, found] = [await orders, await people];
  const payments = new Map(page.map(({ id }) => [id, []]));
  const user = found?.items[0];
  if (!withPayments) return { page, payments, user };
  const { data } = await getJson(paths.payments([...payments.keys()]), userId);
  for (const { id, order_id, status, amount } of data)
    payments.get(order_id).push({ id, status: status.toUpperCase(), amount: money(amount) });
  return { page, payments, user };
}

async function dashboard(userId, withPayments = true) {
  const { page, payments, user } = await load(userId, 10, true, true, withPayments);
  const nodes = page.map((order) => ({
    id: order.id,
    number: order.number,
    status: order.status.toUpperCase(),
    placedAt: order.placed_at,
    total: money(order.total),
    lineItems: {
      nodes: order.line_items.map(({ id, title, quantity, unit_price }) => ({
        id,
        title,
        quantity,
        unitPrice: money(unit_price),
      })),
    },
    payments: withPayments ? payments.get(order.id) : undefined,
  }));
  return { viewer: { id: userId, displayName: user.display_name, email: user.email, orders: { nodes } } };
}

async function orderList(userId) {
  const { page, payments } = await load(userId, 100, false, false);
  const ids = [...new Set(page.map(({ customer_id }) => customer_id))];
  const people = new Map((await getJson(paths.users(ids), userId)).items.map((person) => [person.id, person]));
  const nodes = page.map((order) => ({
    id: order.id,
    number: order.number,
    status: order.status.toUpperCase(),
    total: money(order.total),
    customer: { id: order.customer_id, displayName: people.get(order.customer_id).display_name },
    payments: payments.get(order.id),
  }));
  return { viewer: { orders: { nodes } } };
}

const screens = {
  BenchDashboard: (userId) => dashboard(userId),
  BenchOrders: (userId) => dashboard(userId, false),
  BenchOrderList: orderList,
  BenchTypename: () => ({ __typename: 'Query' }),
};

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    const { operationName } = JSON.parse(Buffer.concat(chunks).toString());
    const data = await screens[operationName](request.headers.benchuser);
    const body = JSON.stringify({ data });
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    response.end(body);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.env.PORT), '127.0.0.1');
