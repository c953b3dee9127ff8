import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ApiError, sendError, sendJson } from '../http/json.ts';
import { whyNotLocal } from '../http/loopback-only.ts';
import { type ApiOptions, controlRoutes } from './api.ts';

const page = new URL('page/', import.meta.url);

/** The page needs nothing from elsewhere, so nothing from elsewhere may load, frame it or be sent to. */
const pageHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-cache',
};

const files = new Map(
  [
    ['/', 'control.html', 'text/html; charset=utf-8'],
    ['/control.css', 'control.css', 'text/css; charset=utf-8'],
    ['/control.js', 'control.js', 'text/javascript; charset=utf-8'],
  ].map(([path = '', name = '', type = '']) => [path, { type, bytes: readFileSync(new URL(name, page)) }] as const),
);

/** The control as a server that is not listening yet. Every request must come from this machine and this page. */
export function createControlServer(options: ApiOptions): Server {
  const routes = controlRoutes(options);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = whyNotLocal(request);
    if (refusal !== undefined) throw new ApiError(403, 'not_local', refusal);
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const file = files.get(path);
    if (file && (request.method === 'GET' || request.method === 'HEAD')) {
      response.writeHead(200, { ...pageHeaders, 'content-type': file.type }).end(file.bytes);
      return;
    }
    const matching = routes.filter((route) => route.path.test(path));
    const route = matching.find((candidate) => candidate.method === request.method);
    if (!route) {
      if (matching.length === 0) throw new ApiError(404, 'not_found', 'there is no such route; GET / shows the page');
      response.setHeader('allow', matching.map(({ method }) => method).join(', '));
      throw new ApiError(405, 'method_not_allowed', `use ${matching.map(({ method }) => method).join(' or ')}`);
    }
    const [, name = '', rest = ''] = route.path.exec(path) ?? [];
    sendJson(response, 200, await route.handle(request, name, rest));
  }

  return createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (!(error instanceof ApiError)) console.error(error);
      if (response.headersSent) response.destroy();
      else sendError(response, error);
    });
  });
}
