import type { ChildSpec, Ports } from './supervisor/child-spec.ts';

const urlOf = (ports: Ports, variable: string, path = '') => `http://127.0.0.1:${ports[variable]}${path}`;

/** The inbox of the service that hears of this one's changes. */
interface Peer {
  readonly variable: string;
  readonly path: string;
}

/** A reference service: same shape, other port. */
function service(name: string, folder: string, variable: string, defaultPort: number, peer?: Peer): ChildSpec {
  return {
    name,
    title: `the ${folder.replace('-', ' ')}`,
    kind: 'service',
    entry: `demo/services/${folder}/main.ts`,
    contract: `${folder}.openapi.yaml`,
    ports: [{ variable, defaultPort }],
    readyUrl: (ports) => urlOf(ports, variable, '/readyz'),
    environment: ({ ports, dataDir, gatewayToken, faultsToken, webhookSecret }) => ({
      PORT: String(ports[variable]),
      DATA_DIR: dataDir,
      GATEWAY_TOKEN: gatewayToken,
      FAULTS_TOKEN: faultsToken,
      WEBHOOK_SECRET: webhookSecret,
      WEBHOOK_URLS: ['WEB_ADMIN_PORT', 'MOBILE_ADMIN_PORT']
        .map((port) => urlOf(ports, port, `/webhooks/${name}`))
        .join(','),
      // Orders on their way should look so: the world that is seeded on first start ends today.
      SEED_DAY: new Date().toISOString().slice(0, 10),
      ...(peer && { PEER_EVENTS_URL: urlOf(ports, peer.variable, peer.path) }),
    }),
  };
}

/** A BFF, started as a deployment would start it: it gets everything from gateway.yaml, which reads these variables. */
function gateway(client: string, port: number, adminPort: number): ChildSpec {
  const prefix = client.toUpperCase();
  return {
    name: `bff-${client}`,
    title: `bff-${client}`,
    kind: 'gateway',
    entry: `bff-${client}/main.ts`,
    ports: [
      { variable: `${prefix}_PORT`, defaultPort: port },
      { variable: `${prefix}_ADMIN_PORT`, defaultPort: adminPort },
    ],
    readyUrl: (ports) => urlOf(ports, `${prefix}_ADMIN_PORT`, '/readyz'),
    environment: ({ ports, gatewayToken, webhookSecret }) => ({
      FACET_MODE: 'demo',
      // No load balancer has to notice that it leaves.
      FACET_DRAIN_DELAY_MS: '0',
      // Who switches a service on again wants to see it heal.
      BREAKER_OPEN_MS: '2000',
      // Everything can be looked at in a demo.
      JOURNEY_SAMPLE_RATIO: '1',
      GATEWAY_TOKEN: gatewayToken,
      WEBHOOK_SECRET: webhookSecret,
      IDP_ISSUER: urlOf(ports, 'IDP_PORT'),
      IDP_JWKS_URI: urlOf(ports, 'IDP_PORT', '/jwks'),
      DEMO_TOKEN_URL: urlOf(ports, 'IDP_PORT', '/demo/token'),
    }),
  };
}

/** Every process of the demo, in the order they are shown. Adding one is adding a line. */
export const children: readonly ChildSpec[] = [
  service('users', 'user-service', 'USERS_PORT', 8001),
  service('orders', 'order-service', 'ORDERS_PORT', 8002, {
    variable: 'PAYMENTS_PORT',
    path: '/internal/order-events',
  }),
  service('payments', 'payment-service', 'PAYMENTS_PORT', 8003, {
    variable: 'ORDERS_PORT',
    path: '/internal/payment-events',
  }),
  {
    name: 'identity-provider',
    title: 'the identity provider',
    kind: 'support',
    entry: 'demo/identity-provider/main.ts',
    ports: [{ variable: 'IDP_PORT', defaultPort: 4200 }],
    readyUrl: (ports) => urlOf(ports, 'IDP_PORT', '/.well-known/openid-configuration'),
    environment: ({ ports, dataDir }) => ({ PORT: String(ports['IDP_PORT']), DATA_DIR: dataDir }),
  },
  {
    name: 'control',
    title: 'the demo control',
    kind: 'support',
    entry: 'demo/control/main.ts',
    ports: [{ variable: 'CONTROL_PORT', defaultPort: 4300 }],
    readyUrl: (ports) => urlOf(ports, 'CONTROL_PORT', '/state'),
    environment: ({ ports, faultsToken }) => ({ PORT: String(ports['CONTROL_PORT']), FAULTS_TOKEN: faultsToken }),
  },
  gateway('web', 4000, 4100),
  gateway('mobile', 4001, 4101),
];
