/* eslint-disable */
import * as types from './graphql.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "query AppStatus {\n  appStatus {\n    support\n    message\n    storeUrl\n  }\n}": typeof types.AppStatusDocument,
    "mutation CancelOrder($input: MobileCancelOrderInput!) {\n  cancelOrder(input: $input) {\n    __typename\n    ... on MobileCancelOrderSuccess {\n      confirmationText\n      order {\n        id\n        statusText\n        statusTone\n        actions {\n          kind\n          label\n          deepLink\n          enabled\n        }\n      }\n    }\n    ... on MobileProblem {\n      code\n      message\n      retry\n      retryAfterSeconds\n      field\n    }\n  }\n}": typeof types.CancelOrderDocument,
    "query Home {\n  home {\n    greeting\n    avatarUrl(px: 96)\n    attention {\n      id\n      kind\n      title\n      body\n      deepLink\n      severity\n    }\n    activeOrders(first: 3) {\n      ...HomeOrder\n      tracking {\n        headline\n        progressPercent\n        etaText\n        etaAt\n      }\n      payment {\n        statusText\n        amountDueText\n        canPayNow\n      }\n    }\n    recentOrders(first: 5) {\n      ...HomeOrder\n    }\n  }\n}\n\nfragment HomeOrder on MobileOrder {\n  id\n  number\n  title\n  statusText\n  statusTone\n  totalText\n  placedAtText\n  placedAt\n  thumbnailUrl(px: 160)\n}": typeof types.HomeDocument,
    "query OrdersPage($first: Int = 10, $after: String, $scope: OrderScope = ALL) {\n  orders(first: $first, after: $after, scope: $scope) {\n    edges {\n      node {\n        id\n        number\n        title\n        statusText\n        statusTone\n        totalText\n        placedAtText\n        placedAt\n        itemCount\n        thumbnailUrl(px: 160)\n        actions {\n          kind\n          label\n          deepLink\n          enabled\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": typeof types.OrdersPageDocument,
    "query PayPrefetch($orderId: ID!) {\n  order(id: $orderId) {\n    id\n    number\n    title\n    totalText\n    payment {\n      canPayNow\n      amountDueText\n      walletAmount {\n        minor\n        currency\n      }\n    }\n  }\n  savedMethods {\n    id\n    label\n    isDefault\n  }\n}": typeof types.PayPrefetchDocument,
    "mutation QuickPay($input: QuickPayInput!) {\n  quickPay(input: $input) {\n    __typename\n    ... on QuickPaySuccess {\n      confirmationText\n      nextActionUrl\n      order {\n        id\n        statusText\n        statusTone\n      }\n    }\n    ... on MobileProblem {\n      code\n      message\n      retry\n      retryAfterSeconds\n      field\n    }\n  }\n}": typeof types.QuickPayDocument,
    "mutation RegisterPushToken($input: RegisterPushTokenInput!) {\n  registerPushToken(input: $input) {\n    __typename\n    ... on RegisterPushTokenSuccess {\n      ok\n    }\n    ... on MobileProblem {\n      code\n      message\n      retry\n      retryAfterSeconds\n      field\n    }\n  }\n}": typeof types.RegisterPushTokenDocument,
    "query TrackOrder($id: ID!, $withPayment: Boolean = false) {\n  order(id: $id) {\n    id\n    number\n    title\n    statusText\n    statusTone\n    tracking {\n      headline\n      detail\n      progressPercent\n      etaText\n      etaAt\n      trackingUrl\n      refreshAfterSeconds\n      steps {\n        label\n        timeText\n        done\n      }\n    }\n    payment @include(if: $withPayment) {\n      statusText\n      methodText\n      refundedText\n      amountDueText\n    }\n  }\n}": typeof types.TrackOrderDocument,
};
const documents: Documents = {
    "query AppStatus {\n  appStatus {\n    support\n    message\n    storeUrl\n  }\n}": types.AppStatusDocument,
    "mutation CancelOrder($input: MobileCancelOrderInput!) {\n  cancelOrder(input: $input) {\n    __typename\n    ... on MobileCancelOrderSuccess {\n      confirmationText\n      order {\n        id\n        statusText\n        statusTone\n        actions {\n          kind\n          label\n          deepLink\n          enabled\n        }\n      }\n    }\n    ... on MobileProblem {\n      code\n      message\n      retry\n      retryAfterSeconds\n      field\n    }\n  }\n}": types.CancelOrderDocument,
    "query Home {\n  home {\n    greeting\n    avatarUrl(px: 96)\n    attention {\n      id\n      kind\n      title\n      body\n      deepLink\n      severity\n    }\n    activeOrders(first: 3) {\n      ...HomeOrder\n      tracking {\n        headline\n        progressPercent\n        etaText\n        etaAt\n      }\n      payment {\n        statusText\n        amountDueText\n        canPayNow\n      }\n    }\n    recentOrders(first: 5) {\n      ...HomeOrder\n    }\n  }\n}\n\nfragment HomeOrder on MobileOrder {\n  id\n  number\n  title\n  statusText\n  statusTone\n  totalText\n  placedAtText\n  placedAt\n  thumbnailUrl(px: 160)\n}": types.HomeDocument,
    "query OrdersPage($first: Int = 10, $after: String, $scope: OrderScope = ALL) {\n  orders(first: $first, after: $after, scope: $scope) {\n    edges {\n      node {\n        id\n        number\n        title\n        statusText\n        statusTone\n        totalText\n        placedAtText\n        placedAt\n        itemCount\n        thumbnailUrl(px: 160)\n        actions {\n          kind\n          label\n          deepLink\n          enabled\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": types.OrdersPageDocument,
    "query PayPrefetch($orderId: ID!) {\n  order(id: $orderId) {\n    id\n    number\n    title\n    totalText\n    payment {\n      canPayNow\n      amountDueText\n      walletAmount {\n        minor\n        currency\n      }\n    }\n  }\n  savedMethods {\n    id\n    label\n    isDefault\n  }\n}": types.PayPrefetchDocument,
    "mutation QuickPay($input: QuickPayInput!) {\n  quickPay(input: $input) {\n    __typename\n    ... on QuickPaySuccess {\n      confirmationText\n      nextActionUrl\n      order {\n        id\n        statusText\n        statusTone\n      }\n    }\n    ... on MobileProblem {\n      code\n      message\n      retry\n      retryAfterSeconds\n      field\n    }\n  }\n}": types.QuickPayDocument,
    "mutation RegisterPushToken($input: RegisterPushTokenInput!) {\n  registerPushToken(input: $input) {\n    __typename\n    ... on RegisterPushTokenSuccess {\n      ok\n    }\n    ... on MobileProblem {\n      code\n      message\n      retry\n      retryAfterSeconds\n      field\n    }\n  }\n}": types.RegisterPushTokenDocument,
    "query TrackOrder($id: ID!, $withPayment: Boolean = false) {\n  order(id: $id) {\n    id\n    number\n    title\n    statusText\n    statusTone\n    tracking {\n      headline\n      detail\n      progressPercent\n      etaText\n      etaAt\n      trackingUrl\n      refreshAfterSeconds\n      steps {\n        label\n        timeText\n        done\n      }\n    }\n    payment @include(if: $withPayment) {\n      statusText\n      methodText\n      refundedText\n      amountDueText\n    }\n  }\n}": types.TrackOrderDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query AppStatus {\n  appStatus {\n    support\n    message\n    storeUrl\n  }\n}"): (typeof documents)["query AppStatus {\n  appStatus {\n    support\n    message\n    storeUrl\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation CancelOrder($input: MobileCancelOrderInput!) {\n  cancelOrder(input: $input) {\n    __typename\n    ... on MobileCancelOrderSuccess {\n      confirmationText\n      order {\n        id\n        statusText\n        statusTone\n        actions {\n          kind\n          label\n          deepLink\n          enabled\n        }\n      }\n    }\n    ... on MobileProblem {\n      code\n      message\n      retry\n      retryAfterSeconds\n      field\n    }\n  }\n}"): (typeof documents)["mutation CancelOrder($input: MobileCancelOrderInput!) {\n  cancelOrder(input: $input) {\n    __typename\n    ... on MobileCancelOrderSuccess {\n      confirmationText\n      order {\n        id\n        statusText\n        statusTone\n        actions {\n          kind\n          label\n          deepLink\n          enabled\n        }\n      }\n    }\n    ... on MobileProblem {\n      code\n      message\n      retry\n      retryAfterSeconds\n      field\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Home {\n  home {\n    greeting\n    avatarUrl(px: 96)\n    attention {\n      id\n      kind\n      title\n      body\n      deepLink\n      severity\n    }\n    activeOrders(first: 3) {\n      ...HomeOrder\n      tracking {\n        headline\n        progressPercent\n        etaText\n        etaAt\n      }\n      payment {\n        statusText\n        amountDueText\n        canPayNow\n      }\n    }\n    recentOrders(first: 5) {\n      ...HomeOrder\n    }\n  }\n}\n\nfragment HomeOrder on MobileOrder {\n  id\n  number\n  title\n  statusText\n  statusTone\n  totalText\n  placedAtText\n  placedAt\n  thumbnailUrl(px: 160)\n}"): (typeof documents)["query Home {\n  home {\n    greeting\n    avatarUrl(px: 96)\n    attention {\n      id\n      kind\n      title\n      body\n      deepLink\n      severity\n    }\n    activeOrders(first: 3) {\n      ...HomeOrder\n      tracking {\n        headline\n        progressPercent\n        etaText\n        etaAt\n      }\n      payment {\n        statusText\n        amountDueText\n        canPayNow\n      }\n    }\n    recentOrders(first: 5) {\n      ...HomeOrder\n    }\n  }\n}\n\nfragment HomeOrder on MobileOrder {\n  id\n  number\n  title\n  statusText\n  statusTone\n  totalText\n  placedAtText\n  placedAt\n  thumbnailUrl(px: 160)\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query OrdersPage($first: Int = 10, $after: String, $scope: OrderScope = ALL) {\n  orders(first: $first, after: $after, scope: $scope) {\n    edges {\n      node {\n        id\n        number\n        title\n        statusText\n        statusTone\n        totalText\n        placedAtText\n        placedAt\n        itemCount\n        thumbnailUrl(px: 160)\n        actions {\n          kind\n          label\n          deepLink\n          enabled\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"): (typeof documents)["query OrdersPage($first: Int = 10, $after: String, $scope: OrderScope = ALL) {\n  orders(first: $first, after: $after, scope: $scope) {\n    edges {\n      node {\n        id\n        number\n        title\n        statusText\n        statusTone\n        totalText\n        placedAtText\n        placedAt\n        itemCount\n        thumbnailUrl(px: 160)\n        actions {\n          kind\n          label\n          deepLink\n          enabled\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query PayPrefetch($orderId: ID!) {\n  order(id: $orderId) {\n    id\n    number\n    title\n    totalText\n    payment {\n      canPayNow\n      amountDueText\n      walletAmount {\n        minor\n        currency\n      }\n    }\n  }\n  savedMethods {\n    id\n    label\n    isDefault\n  }\n}"): (typeof documents)["query PayPrefetch($orderId: ID!) {\n  order(id: $orderId) {\n    id\n    number\n    title\n    totalText\n    payment {\n      canPayNow\n      amountDueText\n      walletAmount {\n        minor\n        currency\n      }\n    }\n  }\n  savedMethods {\n    id\n    label\n    isDefault\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation QuickPay($input: QuickPayInput!) {\n  quickPay(input: $input) {\n    __typename\n    ... on QuickPaySuccess {\n      confirmationText\n      nextActionUrl\n      order {\n        id\n        statusText\n        statusTone\n      }\n    }\n    ... on MobileProblem {\n      code\n      message\n      retry\n      retryAfterSeconds\n      field\n    }\n  }\n}"): (typeof documents)["mutation QuickPay($input: QuickPayInput!) {\n  quickPay(input: $input) {\n    __typename\n    ... on QuickPaySuccess {\n      confirmationText\n      nextActionUrl\n      order {\n        id\n        statusText\n        statusTone\n      }\n    }\n    ... on MobileProblem {\n      code\n      message\n      retry\n      retryAfterSeconds\n      field\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RegisterPushToken($input: RegisterPushTokenInput!) {\n  registerPushToken(input: $input) {\n    __typename\n    ... on RegisterPushTokenSuccess {\n      ok\n    }\n    ... on MobileProblem {\n      code\n      message\n      retry\n      retryAfterSeconds\n      field\n    }\n  }\n}"): (typeof documents)["mutation RegisterPushToken($input: RegisterPushTokenInput!) {\n  registerPushToken(input: $input) {\n    __typename\n    ... on RegisterPushTokenSuccess {\n      ok\n    }\n    ... on MobileProblem {\n      code\n      message\n      retry\n      retryAfterSeconds\n      field\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query TrackOrder($id: ID!, $withPayment: Boolean = false) {\n  order(id: $id) {\n    id\n    number\n    title\n    statusText\n    statusTone\n    tracking {\n      headline\n      detail\n      progressPercent\n      etaText\n      etaAt\n      trackingUrl\n      refreshAfterSeconds\n      steps {\n        label\n        timeText\n        done\n      }\n    }\n    payment @include(if: $withPayment) {\n      statusText\n      methodText\n      refundedText\n      amountDueText\n    }\n  }\n}"): (typeof documents)["query TrackOrder($id: ID!, $withPayment: Boolean = false) {\n  order(id: $id) {\n    id\n    number\n    title\n    statusText\n    statusTone\n    tracking {\n      headline\n      detail\n      progressPercent\n      etaText\n      etaAt\n      trackingUrl\n      refreshAfterSeconds\n      steps {\n        label\n        timeText\n        done\n      }\n    }\n    payment @include(if: $withPayment) {\n      statusText\n      methodText\n      refundedText\n      amountDueText\n    }\n  }\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;