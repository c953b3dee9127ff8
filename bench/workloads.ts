import { freshKey } from './load.ts';
import { unpaidOrderId } from './world.ts';

/** What is asked in turn. `cached` runs against services that let their replies be kept, with caches on. */
export interface Workload {
  readonly name: string;
  readonly operationName: string;
  readonly document: string;
  variables?(userId: string): Readonly<Record<string, unknown>>;
  readonly cached?: boolean;
  /** At once, at most. A cell does not wait for what it has begun: answers that take long must not be many. */
  readonly maxConnections?: number;
  /** Users in turn. */
  readonly users: number;
  /** The targets are about it: it has all the rounds. */
  readonly isHeadline?: boolean;
  /** Not in a quick run, unless asked for by name. */
  readonly isLong?: boolean;
  /** Only when it is asked for by name. */
  readonly isExtra?: boolean;
  /** These peers alone; absent: all. */
  readonly peers?: readonly string[];
  /** No other subject serves it. */
  readonly facetOnly?: boolean;
  /** Only Facet: whole, and with each protection off in turn. */
  readonly protectionsOff?: boolean;
  /** Only Facet serves it: a registered operation of this client's, by GET with its id. */
  readonly facetClient?: 'web' | 'mobile';
  /** Only Facet: the smallest query, in processes that know so many registered operations. */
  readonly registered?: readonly number[];
}

function ordersOfViewer(name: string, ...more: readonly string[]): string {
  const fields = [
    'id',
    'number',
    'status',
    'placedAt',
    'total { amountMinor currency }',
    'lineItems { nodes { id title quantity unitPrice { amountMinor currency } } }',
    ...more,
  ];
  return `query ${name} {
  viewer {
    id
    displayName
    email
    orders(first: 10) {
      nodes {
        ${fields.join('\n        ')}
      }
    }
  }
}`;
}

const dashboardDocument = ordersOfViewer('BenchDashboard', 'payments { id status amount { amountMinor currency } }');

/** Clients may keep the whole of it: nothing in it must be of now, as the state of a payment must. */
const ordersDocument = ordersOfViewer('BenchOrders');

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

const typenameDocument = 'query BenchTypename { __typename }';

const payOrderDocument = `mutation BenchPayOrder($input: PayOrderInput!) {
  payOrder(input: $input) {
    __typename
    ... on PayOrderSuccess {
      payment { id status amount { amountMinor currency } }
      order { id }
    }
  }
}`;

/** The first order of each person that nothing was paid of yet. */
const payOrderVariables = (userId: string): Readonly<Record<string, unknown>> => ({
  input: {
    orderId: unpaidOrderId(userId),
    source: { savedMethodId: 'pm_bench' },
    idempotencyKey: freshKey,
  },
});

export const workloads: readonly Workload[] = [
  {
    name: 'dashboard',
    operationName: 'BenchDashboard',
    document: dashboardDocument,
    users: 1_000,
    isHeadline: true,
  },
  {
    name: 'dashboard-cached',
    operationName: 'BenchDashboard',
    document: dashboardDocument,
    users: 100,
    cached: true,
    isHeadline: true,
  },
  {
    name: 'orders-cached',
    operationName: 'BenchOrders',
    document: ordersDocument,
    users: 100,
    cached: true,
    isExtra: true,
  },
  {
    name: 'order-list',
    operationName: 'BenchOrderList',
    document: orderListDocument,
    users: 100,
    maxConnections: 4,
    isHeadline: true,
  },
  {
    // Equal operations of one caller are in flight at once: whoever shares them answers most for nothing.
    name: 'order-list-shared',
    operationName: 'BenchOrderList',
    document: orderListDocument,
    users: 1,
    peers: ['hand-written', 'mercurius-jit', 'tailcall'],
  },
  {
    name: 'typename',
    operationName: 'BenchTypename',
    document: typenameDocument,
    users: 100,
    isHeadline: true,
  },
  { name: 'home-by-id', operationName: 'Home', document: '', users: 100, facetClient: 'mobile' },
  {
    // Each with an idempotency key of its own: what is kept of it and found of it goes through Redis.
    name: 'pay-order',
    operationName: 'BenchPayOrder',
    document: payOrderDocument,
    variables: payOrderVariables,
    users: 100,
    facetOnly: true,
  },
  {
    name: 'typename-registered',
    operationName: 'BenchTypename',
    document: typenameDocument,
    users: 100,
    registered: [1, 100, 10_000],
    isLong: true,
  },
  {
    name: 'dashboard-protections',
    operationName: 'BenchDashboard',
    document: dashboardDocument,
    users: 1_000,
    protectionsOff: true,
    isLong: true,
  },
];
