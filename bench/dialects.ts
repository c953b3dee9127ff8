/**
 * A peer that serves the services' own records has other names and forms than the common schema. A dialect says how such a peer is
 * asked, and how its answer reads in the common form. The second is used by the check before timing alone: what is measured is the
 * peer's own answer.
 */
export interface Dialect {
  /** The document of a common operation, by its name. */
  readonly documents: Readonly<Record<string, string>>;
  /** Where the peer takes the person from the operation, not from a header. */
  variables?(userId: string): Readonly<Record<string, unknown>>;
  /** `data` as the common operation would have it. */
  toCommon(data: unknown): unknown;
}

type Fields = Record<string, unknown>;

const typename = 'query BenchTypename { __typename }';

const tailcallOrders = (more: string): string => `
    orders(first: 10, include: "line_items") {
      nodes {
        id
        number
        status
        placedAt
        total { amountMinor currency }
        lineItems { id title quantity unitPrice { amountMinor currency } }${more}
      }
    }`;
const tailcallPayments = 'payments { data { id status amount { amountMinor currency } } }';
const tailcallProfile = 'profile { items { id displayName email } }';

export const tailcallDialect: Dialect = {
  documents: {
    BenchTypename: typename,
    BenchDashboard: `query BenchDashboard { viewer { ${tailcallProfile} ${tailcallOrders(tailcallPayments)} } }`,
    BenchOrders: `query BenchOrders { viewer { ${tailcallProfile} ${tailcallOrders('')} } }`,
    BenchOrderList: `query BenchOrderList {
  viewer {
    orders(first: 100) {
      nodes { id number status total { amountMinor currency } customer { id displayName } ${tailcallPayments} }
    }
  }
}`,
  },
  toCommon(data) {
    const { viewer, ...others } = inCommonForm(data) as {
      readonly viewer?: Fields & { profile?: { items: Fields[] } };
    };
    if (!viewer) return others;
    const { profile, ...rest } = viewer;
    return { viewer: { ...profile?.items[0], ...rest } };
  },
};

const hiveMoney = '{ amountMinor: amount currency }';
const hiveUser = 'users: listUsers(ids: [$user]) { items { id displayName: display_name email } }';
const hiveOrders = (first: number, fields: string, include = ''): string => `
    orders: listOrders(customer_id: $user, limit: ${first}, sort: _placed_at${include}) {
      nodes: items { id number status total ${hiveMoney} ${fields} }
    }`;
const hiveItems = `placedAt: placed_at lineItems: line_items { id title quantity unitPrice: unit_price ${hiveMoney} }`;
// Below what the gateway joins, another name than the service's own comes out as null.
const hivePayments = 'payments { id status amount { amount currency } }';
const withItems = ', include: [line_items]';

/** Its fields are the services' routes; what joins them is in `peers/hive/gateway.config.mjs`. */
export const hiveDialect: Dialect = {
  documents: {
    BenchTypename: typename,
    BenchDashboard: `query BenchDashboard($user: UserId!) {
    ${hiveUser}${hiveOrders(10, `${hiveItems} ${hivePayments}`, withItems)}
}`,
    BenchOrders: `query BenchOrders($user: UserId!) { ${hiveUser}${hiveOrders(10, hiveItems, withItems)} }`,
    BenchOrderList: `query BenchOrderList($user: UserId!) {${hiveOrders(
      100,
      `customer { id display_name } ${hivePayments}`,
    )}
}`,
  },
  variables: (userId) => ({ user: userId }),
  toCommon(data) {
    const { users, orders, ...others } = inCommonForm(data) as Fields & { users?: { items: Fields[] } };
    return orders ? { viewer: { ...users?.items[0], orders } } : others;
  },
};

/** Names of the schema, amounts as text, states in capitals, items of an order within a connection, payments without their page. */
export function inCommonForm(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inCommonForm);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [nameInCommonForm(name, inner), fieldInCommonForm(name, inner)]),
  );
}

function nameInCommonForm(name: string, value: unknown): string {
  if (name === 'display_name') return 'displayName';
  return name === 'amount' && typeof value === 'number' ? 'amountMinor' : name;
}

function fieldInCommonForm(name: string, value: unknown): unknown {
  if (typeof value === 'number' && name.startsWith('amount')) return String(value);
  if (name === 'status') return String(value).toUpperCase();
  if (name === 'lineItems') return { nodes: inCommonForm(value) };
  if (name === 'payments') return inCommonForm((value as { readonly data?: unknown }).data ?? value);
  return inCommonForm(value);
}
