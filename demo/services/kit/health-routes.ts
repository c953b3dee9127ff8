import type { Reply } from './reply.ts';
import type { Route } from './router.ts';

/** `/livez`, `/readyz` and `/metrics`, the same in each contract and open to orchestrators. */
export function healthRoutes(isReady: () => boolean, metricsText: () => Promise<string>): Route[] {
  const answer = (status: number, word: string): Reply => ({
    status,
    headers: { 'Cache-Control': 'no-store' },
    body: { status: word },
  });
  return [
    {
      operation: 'getLiveness',
      method: 'GET',
      path: '/livez',
      access: 'open',
      handle: () => answer(200, 'ok'),
    },
    {
      operation: 'getReadiness',
      method: 'GET',
      path: '/readyz',
      access: 'open',
      handle: () => (isReady() ? answer(200, 'ok') : answer(503, 'draining')),
    },
    {
      operation: 'getMetrics',
      method: 'GET',
      path: '/metrics',
      access: 'open',
      handle: async () => ({
        status: 200,
        headers: { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8', 'Cache-Control': 'no-store' },
        body: await metricsText(),
      }),
    },
  ];
}
