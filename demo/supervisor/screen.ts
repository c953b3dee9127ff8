import { join, relative } from 'node:path';
import { identities } from '../services/seed/identities.ts';
import type { ChildSpec, Ports } from './child-spec.ts';

const query = 'query Hello { viewer { displayName orders(first: 3) { nodes { number status total { formatted } } } } }';

async function mintToken(ports: Ports): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${ports['IDP_PORT']}/demo/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ identity: 'customer' }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

interface Demo {
  readonly specs: readonly ChildSpec[];
  readonly ports: Ports;
  readonly dataDir: string;
}

/** From here if it is below here, else in full. */
function shortPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith('..') ? path : fromHere;
}

/** What the person who typed `npm start` reads: where everything is, who to be, and one command that works as pasted. */
export async function welcome(demo: Demo): Promise<string> {
  const { specs, ports } = demo;
  const at = (variable: string, path = '') => `http://127.0.0.1:${ports[variable]}${path}`;
  const services = specs
    .filter(({ kind }) => kind === 'service')
    .map(({ name, ports: [{ variable }] }) => `${name} ${at(variable)}`);
  const people = Object.entries(identities).map(
    ([name, { displayName, about, tier }]) => `    ${name.padEnd(14)}${displayName}, ${about} (${tier})`,
  );
  return `
  Facet is running.

    bff-web       ${at('WEB_PORT', '/graphql')}   playground ${at('WEB_PORT', '/playground')}
    bff-mobile    ${at('MOBILE_PORT', '/graphql')}   playground ${at('MOBILE_PORT', '/playground')}
    services      ${services.join('  ')}
    sign-in       ${at('IDP_PORT')}
    switches      ${at('CONTROL_PORT')}   take a service down, slow it, make it lie
    logs          ${join(shortPath(demo.dataDir), 'logs', '*.log')}

  Who you can be; "npm run -s token -- NAME" prints a token good for both BFFs:
${people.join('\n')}

  Paste this:
    curl -s ${at('WEB_PORT', '/graphql')} -H 'content-type: application/json' \\
      -H 'authorization: Bearer ${await mintToken(ports)}' \\
      -d '{"query":"${query}"}'

  Then try:
    open the playground: it has the screens of the clients as saved operations
    curl -X POST ${at('CONTROL_PORT', '/services/payments/kill')}   and paste the first curl again
    curl -X POST ${at('CONTROL_PORT', '/services/payments/start')}  and it heals

ready: Ctrl-C stops everything`;
}
