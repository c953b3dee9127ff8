// Hive Gateway at its documented best: one process, compiled operations, whole answers kept for each person where that is asked for.

import { defineConfig } from '@graphql-hive/gateway';

const cached = process.env.CACHED === '1';

/** `fields` of the records that a page holds, and the one by which they are told apart. */
const within = (page, key) => (fields) => ({
  kind: 'SelectionSet',
  selections: [
    {
      kind: 'Field',
      name: { kind: 'Name', value: page },
      selectionSet: { ...fields, selections: [...fields.selections, key] },
    },
  ],
});
const field = (value) => ({ kind: 'Field', name: { kind: 'Name', value } });

export const gatewayConfig = defineConfig({
  supergraph: process.env.SUPERGRAPH,
  host: '127.0.0.1',
  port: Number(process.env.PORT),
  fork: 1,
  // With compiled operations the response cache finds that its own execution was replaced, and keeps nothing.
  jit: !cached,
  logging: 'error',
  landingPage: false,
  graphiql: false,
  keepAliveTimeout: 60_000,
  ...(cached && {
    responseCaching: {
      session: (request) => request.headers.get('benchuser'),
      ttl: 60_000,
      // Nothing is changed here. With entries for each record, by which mutations find answers, its cache of 1000 entries forgets the answers.
      idFields: [],
    },
  }),
  additionalResolvers: {
    OrderListItem: {
      customer: {
        selectionSet: '{ customer_id }',
        resolve: (root, _args, context, info) =>
          context.users.Query.listUsers({
            root,
            key: root.customer_id,
            argsFromKeys: (ids) => ({ ids }),
            selectionSet: within('items', field('id')),
            valuesFromResults: ({ items }, ids) => {
              const people = new Map(items.map((person) => [person.id, person]));
              return ids.map((id) => people.get(id));
            },
            context,
            info,
          }),
      },
      payments: {
        selectionSet: '{ id }',
        resolve: (root, _args, context, info) =>
          context.payments.Query.listPayments({
            root,
            key: root.id,
            argsFromKeys: (ids) => ({ order_id: ids, limit: 100 }),
            selectionSet: within('data', field('order_id')),
            valuesFromResults: ({ data }, ids) => {
              const byOrder = Map.groupBy(data, ({ order_id }) => order_id);
              return ids.map((id) => byOrder.get(id) ?? []);
            },
            context,
            info,
          }),
      },
    },
  },
});
