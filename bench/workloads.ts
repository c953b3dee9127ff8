/** What is asked in turn. `cached` runs against services that let their replies be kept, with caches on. */
export interface Workload {
  readonly name: string;
  readonly operationName: string;
  readonly document: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly cached?: boolean;
  /** Users in turn. */
  readonly users: number;
  /** Only Facet serves it: a registered operation of this client's, by GET with its id. */
  readonly facetClient?: 'web' | 'mobile';
  /** Only Facet: the smallest query, in processes that know so many registered operations. */
  readonly registered?: readonly number[];
}

const dashboardDocument = `query BenchDashboard {
  viewer {
    id
    displayName
    email
    orders(first: 10) {
      nodes {
        id
        number
        status
        placedAt
        total { amountMinor currency }
        lineItems { nodes { id title quantity unitPrice { amountMinor currency } } }
        payments { id status amount { amountMinor currency } }
      }
    }
  }
}`;

/** Nothing in it forbids to keep the answer; what a payment shows must be of now. */
const ordersDocument = `query BenchOrders {
  viewer {
    id
    displayName
    email
    orders(first: 10) {
      nodes {
        id
        number
        status
        placedAt
        total { amountMinor currency }
        lineItems { nodes { id title quantity unitPrice { amountMinor currency } } }
      }
    }
  }
}`;

const orderListDocument = `query BenchOrderList {
  viewer {
    orders(first: 100) {
      nodes {
        id
        number
        status
        total { amountMinor currency }
        customer { id displayName }
        payments { id status amount { amountMinor currency } }
      }
    }
  }
}`;

export const workloads: readonly Workload[] = [
  { name: 'dashboard', operationName: 'BenchDashboard', document: dashboardDocument, users: 1_000 },
  { name: 'dashboard-cached', operationName: 'BenchDashboard', document: dashboardDocument, users: 100, cached: true },
  { name: 'orders-cached', operationName: 'BenchOrders', document: ordersDocument, users: 100, cached: true },
  { name: 'order-list', operationName: 'BenchOrderList', document: orderListDocument, users: 100 },
  { name: 'home-by-id', operationName: 'Home', document: '', users: 100, facetClient: 'mobile' },
  {
    name: 'typename-registered',
    operationName: 'BenchTypename',
    document: 'query BenchTypename { __typename }',
    users: 100,
    registered: [1, 100, 10_000],
  },
  { name: 'typename', operationName: 'BenchTypename', document: 'query BenchTypename { __typename }', users: 100 },
];
