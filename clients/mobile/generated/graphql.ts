/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** How far a build is supported. */
export type AppSupport =
  | 'SUPPORTED'
  /** Works; offer the update. */
  | 'UPDATE_RECOMMENDED'
  /** Nothing but `appStatus` answers. */
  | 'UPDATE_REQUIRED';

/** Which order to end. */
export type MobileCancelOrderInput = {
  /** Made by the app for this one intention, for example a UUID; 1 to 255 characters. Keep it until there is an answer. */
  idempotencyKey: string;
  orderId: string;
};

/** Exactly one of these. */
export type MobilePaymentSourceInput =
  {   applePayToken: string; googlePayToken?: never; savedMethodId?: never; }
  |  { applePayToken?: never;   googlePayToken: string; savedMethodId?: never; }
  |  { applePayToken?: never; googlePayToken?: never;   /** As in `SavedMethod.id`. */
  savedMethodId: string; };

/** Which orders to list. */
export type OrderScope =
  /** Neither completed nor cancelled. */
  | 'ACTIVE'
  | 'ALL'
  /** Completed or cancelled. */
  | 'PAST';

/** Who delivers the notification. */
export type PushPlatform =
  | 'APNS'
  | 'FCM';

/** Which order to pay, and with what. */
export type QuickPayInput = {
  /** Made by the app for this one intention, for example a UUID; 1 to 255 characters. Keep it until there is an answer. */
  idempotencyKey: string;
  orderId: string;
  source: MobilePaymentSourceInput;
};

/** Where to send notifications. */
export type RegisterPushTokenInput = {
  platform: PushPlatform;
  /** As the platform gave it to the app. */
  token: string;
};

/** What to do next. */
export type RetryAdvice =
  /** It won't help. */
  | 'DO_NOT_RETRY'
  /** It did not work: let the customer change something, then use a new idempotencyKey. */
  | 'RETRY_NEW_ATTEMPT'
  /** It may have worked, or may work later: same idempotencyKey, so that nothing happens twice. */
  | 'RETRY_SAME_KEY';

/** How loudly to say it. */
export type Severity =
  | 'CRITICAL'
  | 'INFO'
  | 'WARNING';

/** How the status feels. */
export type StatusTone =
  | 'ERROR'
  | 'NEUTRAL'
  | 'PROGRESS'
  | 'SUCCESS'
  | 'WARNING';

export type AppStatusQueryVariables = Exact<{ [key: string]: never; }>;


export type AppStatusQuery = { appStatus: { support: AppSupport, message: string | null, storeUrl: string | null } };

export type CancelOrderMutationVariables = Exact<{
  input: MobileCancelOrderInput;
}>;


export type CancelOrderMutation = { cancelOrder:
    | { __typename: 'MobileCancelOrderSuccess', confirmationText: string, order: { id: string, statusText: string | null, statusTone: StatusTone, actions: Array<{ kind: string, label: string, deepLink: string | null, enabled: boolean }> | null } | null }
    | { __typename: 'MobileProblem', code: string, message: string, retry: RetryAdvice, retryAfterSeconds: number | null, field: string | null }
   };

export type HomeQueryVariables = Exact<{ [key: string]: never; }>;


export type HomeQuery = { home: { greeting: string | null, avatarUrl: string | null, attention: Array<{ id: string, kind: string, title: string, body: string | null, deepLink: string, severity: Severity }> | null, activeOrders: Array<{ id: string, number: string, title: string | null, statusText: string | null, statusTone: StatusTone, totalText: string | null, placedAtText: string | null, placedAt: string | null, thumbnailUrl: string | null, tracking: { headline: string, progressPercent: number, etaText: string | null, etaAt: string | null } | null, payment: { statusText: string, amountDueText: string | null, canPayNow: boolean } | null }> | null, recentOrders: Array<{ id: string, number: string, title: string | null, statusText: string | null, statusTone: StatusTone, totalText: string | null, placedAtText: string | null, placedAt: string | null, thumbnailUrl: string | null }> | null } | null };

export type HomeOrderFragment = { id: string, number: string, title: string | null, statusText: string | null, statusTone: StatusTone, totalText: string | null, placedAtText: string | null, placedAt: string | null, thumbnailUrl: string | null };

export type OrdersPageQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  scope?: OrderScope | null | undefined;
}>;


export type OrdersPageQuery = { orders: { edges: Array<{ node: { id: string, number: string, title: string | null, statusText: string | null, statusTone: StatusTone, totalText: string | null, placedAtText: string | null, placedAt: string | null, itemCount: number | null, thumbnailUrl: string | null, actions: Array<{ kind: string, label: string, deepLink: string | null, enabled: boolean }> | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type PayPrefetchQueryVariables = Exact<{
  orderId: string;
}>;


export type PayPrefetchQuery = { order: { id: string, number: string, title: string | null, totalText: string | null, payment: { canPayNow: boolean, amountDueText: string | null, walletAmount: { minor: string, currency: string } | null } | null } | null, savedMethods: Array<{ id: string, label: string, isDefault: boolean }> | null };

export type QuickPayMutationVariables = Exact<{
  input: QuickPayInput;
}>;


export type QuickPayMutation = { quickPay:
    | { __typename: 'MobileProblem', code: string, message: string, retry: RetryAdvice, retryAfterSeconds: number | null, field: string | null }
    | { __typename: 'QuickPaySuccess', confirmationText: string, nextActionUrl: string | null, order: { id: string, statusText: string | null, statusTone: StatusTone } | null }
   };

export type RegisterPushTokenMutationVariables = Exact<{
  input: RegisterPushTokenInput;
}>;


export type RegisterPushTokenMutation = { registerPushToken:
    | { __typename: 'MobileProblem', code: string, message: string, retry: RetryAdvice, retryAfterSeconds: number | null, field: string | null }
    | { __typename: 'RegisterPushTokenSuccess', ok: boolean }
   };

export type TrackOrderQueryVariables = Exact<{
  id: string;
  withPayment?: boolean | null | undefined;
}>;


export type TrackOrderQuery = { order: { id: string, number: string, title: string | null, statusText: string | null, statusTone: StatusTone, tracking: { headline: string, detail: string | null, progressPercent: number, etaText: string | null, etaAt: string | null, trackingUrl: string | null, refreshAfterSeconds: number, steps: Array<{ label: string, timeText: string | null, done: boolean }> } | null, payment?: { statusText: string, methodText: string | null, refundedText: string | null, amountDueText: string | null } | null } | null };

export const HomeOrderFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"HomeOrder"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MobileOrder"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"statusText"}},{"kind":"Field","name":{"kind":"Name","value":"statusTone"}},{"kind":"Field","name":{"kind":"Name","value":"totalText"}},{"kind":"Field","name":{"kind":"Name","value":"placedAtText"}},{"kind":"Field","name":{"kind":"Name","value":"placedAt"}},{"kind":"Field","name":{"kind":"Name","value":"thumbnailUrl"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"px"},"value":{"kind":"IntValue","value":"160"}}]}]}}]} as unknown as DocumentNode<HomeOrderFragment, unknown>;
export const AppStatusDocument = {"__meta__":{"documentId":"sha256:0f2377384eecb0cfe24df68f9b2272f6cc083097a07b893cba5e86f8003406e3"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AppStatus"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appStatus"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"support"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"storeUrl"}}]}}]}}]} as unknown as DocumentNode<AppStatusQuery, AppStatusQueryVariables>;
export const CancelOrderDocument = {"__meta__":{"documentId":"sha256:542386c0e9544603b54db5af853bc57c2cf23624ced9480fb3228c1d853dd58e"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelOrder"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"MobileCancelOrderInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelOrder"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MobileCancelOrderSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"confirmationText"}},{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"statusText"}},{"kind":"Field","name":{"kind":"Name","value":"statusTone"}},{"kind":"Field","name":{"kind":"Name","value":"actions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"deepLink"}},{"kind":"Field","name":{"kind":"Name","value":"enabled"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MobileProblem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retry"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<CancelOrderMutation, CancelOrderMutationVariables>;
export const HomeDocument = {"__meta__":{"documentId":"sha256:467ba9b829a1e05b15db8bc5a03390a9d2015836300031b2ab850c5313a30252"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Home"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"home"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"greeting"}},{"kind":"Field","name":{"kind":"Name","value":"avatarUrl"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"px"},"value":{"kind":"IntValue","value":"96"}}]},{"kind":"Field","name":{"kind":"Name","value":"attention"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"deepLink"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}}]}},{"kind":"Field","name":{"kind":"Name","value":"activeOrders"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"3"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"HomeOrder"}},{"kind":"Field","name":{"kind":"Name","value":"tracking"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"headline"}},{"kind":"Field","name":{"kind":"Name","value":"progressPercent"}},{"kind":"Field","name":{"kind":"Name","value":"etaText"}},{"kind":"Field","name":{"kind":"Name","value":"etaAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"payment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"statusText"}},{"kind":"Field","name":{"kind":"Name","value":"amountDueText"}},{"kind":"Field","name":{"kind":"Name","value":"canPayNow"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"recentOrders"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"HomeOrder"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"HomeOrder"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MobileOrder"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"statusText"}},{"kind":"Field","name":{"kind":"Name","value":"statusTone"}},{"kind":"Field","name":{"kind":"Name","value":"totalText"}},{"kind":"Field","name":{"kind":"Name","value":"placedAtText"}},{"kind":"Field","name":{"kind":"Name","value":"placedAt"}},{"kind":"Field","name":{"kind":"Name","value":"thumbnailUrl"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"px"},"value":{"kind":"IntValue","value":"160"}}]}]}}]} as unknown as DocumentNode<HomeQuery, HomeQueryVariables>;
export const OrdersPageDocument = {"__meta__":{"documentId":"sha256:fa4ff3812c353a38c0e3d98b600492ec06af6c40d356f90ae4355da9c1f7b1c6"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OrdersPage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"10"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"scope"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"OrderScope"}},"defaultValue":{"kind":"EnumValue","value":"ALL"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"orders"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"scope"},"value":{"kind":"Variable","name":{"kind":"Name","value":"scope"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"statusText"}},{"kind":"Field","name":{"kind":"Name","value":"statusTone"}},{"kind":"Field","name":{"kind":"Name","value":"totalText"}},{"kind":"Field","name":{"kind":"Name","value":"placedAtText"}},{"kind":"Field","name":{"kind":"Name","value":"placedAt"}},{"kind":"Field","name":{"kind":"Name","value":"itemCount"}},{"kind":"Field","name":{"kind":"Name","value":"thumbnailUrl"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"px"},"value":{"kind":"IntValue","value":"160"}}]},{"kind":"Field","name":{"kind":"Name","value":"actions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"deepLink"}},{"kind":"Field","name":{"kind":"Name","value":"enabled"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<OrdersPageQuery, OrdersPageQueryVariables>;
export const PayPrefetchDocument = {"__meta__":{"documentId":"sha256:3b10188a8867c205a1dce134e75a795a916fdb2a42478a945da703b6832fe5f0"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PayPrefetch"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"order"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"totalText"}},{"kind":"Field","name":{"kind":"Name","value":"payment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"canPayNow"}},{"kind":"Field","name":{"kind":"Name","value":"amountDueText"}},{"kind":"Field","name":{"kind":"Name","value":"walletAmount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"minor"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"savedMethods"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"isDefault"}}]}}]}}]} as unknown as DocumentNode<PayPrefetchQuery, PayPrefetchQueryVariables>;
export const QuickPayDocument = {"__meta__":{"documentId":"sha256:bb786f41864d316d870ae9c4ae5ed433d41de9af1c27827231563bf61a138f3b"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"QuickPay"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"QuickPayInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"quickPay"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"QuickPaySuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"confirmationText"}},{"kind":"Field","name":{"kind":"Name","value":"nextActionUrl"}},{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"statusText"}},{"kind":"Field","name":{"kind":"Name","value":"statusTone"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MobileProblem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retry"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<QuickPayMutation, QuickPayMutationVariables>;
export const RegisterPushTokenDocument = {"__meta__":{"documentId":"sha256:abf1c6605c3c2f4ee363abe9dd2b367ac2f620efa95130527daab4bcbb6ab859"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RegisterPushToken"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RegisterPushTokenInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"registerPushToken"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RegisterPushTokenSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ok"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MobileProblem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retry"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<RegisterPushTokenMutation, RegisterPushTokenMutationVariables>;
export const TrackOrderDocument = {"__meta__":{"documentId":"sha256:3d3ce35e319ec363a8bddcf2c4f44a88ecb5d52396cbe9cb5eca203865814581"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TrackOrder"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"withPayment"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}},"defaultValue":{"kind":"BooleanValue","value":false}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"order"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"statusText"}},{"kind":"Field","name":{"kind":"Name","value":"statusTone"}},{"kind":"Field","name":{"kind":"Name","value":"tracking"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"headline"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}},{"kind":"Field","name":{"kind":"Name","value":"progressPercent"}},{"kind":"Field","name":{"kind":"Name","value":"etaText"}},{"kind":"Field","name":{"kind":"Name","value":"etaAt"}},{"kind":"Field","name":{"kind":"Name","value":"trackingUrl"}},{"kind":"Field","name":{"kind":"Name","value":"refreshAfterSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"steps"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"timeText"}},{"kind":"Field","name":{"kind":"Name","value":"done"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"payment"},"directives":[{"kind":"Directive","name":{"kind":"Name","value":"include"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"if"},"value":{"kind":"Variable","name":{"kind":"Name","value":"withPayment"}}}]}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"statusText"}},{"kind":"Field","name":{"kind":"Name","value":"methodText"}},{"kind":"Field","name":{"kind":"Name","value":"refundedText"}},{"kind":"Field","name":{"kind":"Name","value":"amountDueText"}}]}}]}}]}}]} as unknown as DocumentNode<TrackOrderQuery, TrackOrderQueryVariables>;