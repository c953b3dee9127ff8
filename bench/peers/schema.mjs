// The part of Facet's schema that the benchmark asks for, as every peer serves it.

export const typeDefs = /* GraphQL */ `
  type Query {
    viewer: User
  }
  type User {
    id: ID!
    displayName: String
    email: String
    orders(first: Int = 20): OrderConnection
  }
  type OrderConnection {
    nodes: [Order!]!
  }
  type Order {
    id: ID!
    number: String
    status: String
    placedAt: String
    total: Money
    customer: User
    lineItems: LineItemConnection
    payments: [Payment!]
  }
  type LineItemConnection {
    nodes: [LineItem!]!
  }
  type LineItem {
    id: ID!
    title: String!
    quantity: Int!
    unitPrice: Money!
  }
  type Payment {
    id: ID!
    status: String!
    amount: Money!
  }
  type Money {
    amountMinor: String!
    currency: String!
  }
`;

const wanted = new WeakMap();

/** Are the items of the orders asked for? Worked out once for each place of a document. */
function wantsItems({ fieldNodes: [node], fragments }) {
  if (!wanted.has(node)) wanted.set(node, has(node.selectionSet, 'lineItems', fragments));
  return wanted.get(node);
}

function has(set, name, fragments) {
  return (set?.selections ?? []).some(
    (node) =>
      node.name?.value === name ||
      has(
        node.kind === 'FragmentSpread' ? fragments[node.name.value].selectionSet : node.selectionSet,
        name,
        fragments,
      ),
  );
}

/** `context`: `userId`, and loaders `user(id)`, `payments(orderId)` and `orders(customerId, first, withItems)`. */
export const resolvers = {
  Query: { viewer: (_root, _args, { userId }) => ({ id: userId }) },
  User: {
    displayName: async ({ id }, _args, { user }) => (await user(id)).display_name,
    email: async ({ id }, _args, { user }) => (await user(id)).email,
    orders: async ({ id }, { first }, { orders }, info) => ({
      nodes: (await orders(id, first, wantsItems(info))).items,
    }),
  },
  Order: {
    status: ({ status }) => status.toUpperCase(),
    placedAt: (order) => order.placed_at,
    customer: (order) => ({ id: order.customer_id }),
    lineItems: (order) => ({ nodes: order.line_items }),
    payments: ({ id }, _args, { payments }) => payments(id),
  },
  LineItem: { unitPrice: (item) => item.unit_price },
  Payment: { status: ({ status }) => status.toUpperCase() },
  Money: { amountMinor: ({ amount }) => String(amount) },
};

/** One word, since Tailcall's templates know no hyphen in a name. */
export const userIdOf = (headers) => headers.benchuser;
