import type { FastifyInstance } from 'fastify';
import type { JourneyStore } from '../telemetry/journey-store.ts';
import { waterfall } from '../telemetry/waterfall.ts';
import type { Access } from './access.ts';
import { problem } from './problem.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const mostListed = 200;

/** `GET /journeys`: the latest that this process kept. `GET /journeys/<correlation id>`: one of any instance, as JSON or drawn. */
export function serveJourneys(app: FastifyInstance, access: Access, journeys: JourneyStore): void {
  app.get<{ Querystring: { limit?: string } }>('/journeys', async (request, reply) => {
    if (!(await access(request, reply, 'read'))) return reply;
    const limit = Number(request.query.limit ?? 50);
    if (!Number.isInteger(limit) || limit < 1 || limit > mostListed)
      return problem(reply, 400, `limit must be from 1 to ${mostListed}.`);
    return reply.header('cache-control', 'no-store').send({ journeys: journeys.latest(limit) });
  });

  app.get<{ Params: { id: string } }>('/journeys/:id', async (request, reply) => {
    if (!(await access(request, reply, 'read'))) return reply;
    const id = request.params.id.toLowerCase();
    if (!uuid.test(id)) return problem(reply, 400, 'A correlation id is a UUID of version 4.');
    const found = await journeys.find(id);
    if (!found)
      return problem(reply, 404, 'No journey of this id was kept: it was not slow, failed or sampled, or is long ago.');
    reply.header('cache-control', 'no-store').header('vary', 'accept');
    if (prefersText(request.headers.accept)) return reply.type('text/plain; charset=utf-8').send(waterfall(found));
    return reply.send(found);
  });
}

/** JSON unless text is asked for and JSON is not. */
function prefersText(accept = ''): boolean {
  return accept.includes('text/plain') && !accept.includes('application/json');
}
