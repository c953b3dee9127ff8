// Composes the services' contracts into the supergraph that Hive Gateway serves.

import { join } from 'node:path';
import { defineConfig } from '@graphql-mesh/compose-cli';
import { loadOpenAPISubgraph } from '@omnigraph/openapi';

const contracts = process.env.CONTRACTS;

const subgraph = (name, contract) => ({
  sourceHandler: loadOpenAPISubgraph(name, {
    source: join(contracts, contract),
    endpoint: process.env.SERVICES_URL,
    // Problem documents become errors; as types of their own, each service's would be another one of the same name.
    ignoreErrorResponses: true,
  }),
});

export const composeConfig = defineConfig({
  subgraphs: [
    subgraph('users', 'user-service.json'),
    subgraph('orders', 'order-service.json'),
    subgraph('payments', 'payment-service.json'),
  ],
  additionalTypeDefs: /* GraphQL */ `
    extend type OrderListItem {
      customer: User
      payments: [Payment!]
    }
  `,
});
