import type { FastifyInstance } from 'fastify';

/**
 * What this process says of its own health. Readiness never follows the health of services: a gateway that leaves the load balancer
 * because a service is down turns a partial failure into a whole one.
 */
export class Health {
  readonly #onChange: (ready: boolean, reason: string) => void;
  #ready = false;
  #reason = 'starting';

  /** `onChange` is told each new state. */
  constructor(onChange: (ready: boolean, reason: string) => void = () => undefined) {
    this.#onChange = onChange;
  }

  /** Ready to take requests. */
  get ready(): boolean {
    return this.#ready;
  }

  becomeReady(): void {
    this.#become(true, 'ready');
  }

  /** While load is shed, other instances should get it; a process that is leaving stays on its way. */
  shed(shedding: boolean): void {
    if (shedding && this.#reason === 'ready') this.becomeUnready('overloaded');
    else if (!shedding && this.#reason === 'overloaded') this.becomeReady();
  }

  /** `reason` is one word for people and probes: `starting`, `draining`, `overloaded`. */
  becomeUnready(reason: string): void {
    this.#become(false, reason);
  }

  get reason(): string {
    return this.#reason;
  }

  #become(ready: boolean, reason: string): void {
    if (ready === this.#ready && reason === this.#reason) return;
    this.#ready = ready;
    this.#reason = reason;
    this.#onChange(ready, reason);
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
