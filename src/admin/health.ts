import type { FastifyInstance } from 'fastify';

/**
 * What this process says of its own health. Readiness never follows the health of services: a gateway that leaves the load balancer
 * because a service is down turns a partial failure into a whole one.
 */
export class Health {
  #ready = false;
  #reason = 'starting';

  /** Ready to take requests. */
  get ready(): boolean {
    return this.#ready;
  }

  becomeReady(): void {
    this.#ready = true;
    this.#reason = 'ready';
  }

  /** While load is shed, other instances should get it; a process that is leaving stays on its way. */
  shed(shedding: boolean): void {
    if (shedding && this.#reason === 'ready') this.becomeUnready('overloaded');
    else if (!shedding && this.#reason === 'overloaded') this.becomeReady();
  }

  /** `reason` is one word for people and probes: `starting`, `draining`, `overloaded`. */
  becomeUnready(reason: string): void {
    this.#ready = false;
    this.#reason = reason;
  }

  get reason(): string {
    return this.#reason;
  }
}

/** `/livez` and `/readyz`, without a token, on the public and the admin port alike. */
export function serveHealth(app: FastifyInstance, health: Health): void {
  app.get('/livez', (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }));
  app.get('/readyz', (_request, reply) =>
    reply
      .code(health.ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: health.reason }),
  );
}
