import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';

const folder = join(import.meta.dirname, 'console');

const files = [
  ['/', 'console.html', 'text/html; charset=utf-8'],
  ['/console.css', 'console.css', 'text/css; charset=utf-8'],
  ['/console.js', 'console.js', 'text/javascript; charset=utf-8'],
] as const;

/** Nothing from elsewhere, nothing inline, nobody may frame it. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * `GET /`: one page for whoever is on call, without a build step and without anything from another host. The page itself says nothing
 * and needs no token; what it shows it asks of `/status` and `/journeys`, with the operator's token.
 */
export function serveConsole(app: FastifyInstance): void {
  for (const [path, file, type] of files) {
    const body = readFileSync(join(folder, file));
    app.get(path, (_request, reply) =>
      reply
        .type(type)
        .header('cache-control', 'no-cache')
        .header('content-security-policy', contentSecurityPolicy)
        .header('x-content-type-options', 'nosniff')
        .header('referrer-policy', 'no-referrer')
        .send(body),
    );
  }
}
