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

/** Amounts as text, states in capitals, items of an order within a connection and payments without their page. */
export function inCommonForm(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inCommonForm);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fieldInCommonForm(name, inner)]));
}

function fieldInCommonForm(name: string, value: unknown): unknown {
  if (name === 'amountMinor') return String(value);
  if (name === 'status') return String(value).toUpperCase();
  if (name === 'lineItems') return { nodes: inCommonForm(value) };
  if (name === 'payments') return inCommonForm((value as { readonly data?: unknown }).data ?? value);
  return inCommonForm(value);
}
