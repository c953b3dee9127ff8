import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunningGateway } from './gateway.ts';
import type { Cleanup } from './processes.ts';

/** Asks whichever instance said last that it is ready, as a load balancer does, on kept connections. */
export class Balancer {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 20 });
  #ready: RunningGateway[] = [];
  #lookedAt = 0;
  answered = 0;
  readonly failed: string[] = [];
  stopped = false;

  constructor(cleanup: Cleanup) {
    // Not when the watch ends: callers may still wait for their last answer.
    cleanup.after(() => this.#agent.destroy());
  }

  /** `probe`: where it asks for the readiness of an instance. */
  async watch(
    running: readonly RunningGateway[],
    probe = (gateway: RunningGateway): URL => new URL('/readyz', gateway.url),
  ): Promise<void> {
    while (!this.stopped) {
      const gateways = [...running];
      const answers = await Promise.all(
        gateways.map((gateway) =>
          fetch(probe(gateway)).then(
            ({ status }) => status === 200,
            () => false,
          ),
        ),
      );
      this.#ready = gateways.filter((_, index) => answers[index]);
      this.#lookedAt = performance.now();
      await delay(20);
    }
  }

  /** One caller that asks again and again, whatever comes. */
  async call(): Promise<void> {
    while (!this.stopped) {
      const [gateway] = this.#ready;
      if (gateway) await this.#ask(gateway.url);
      else await delay(5);
    }
  }

  #ask(url: string): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const askedAt = performance.now();
    return new Promise((resolve) => {
      const request = httpRequest(url, { method: 'POST', headers, agent: this.#agent }, (response) => {
        if (response.statusCode === 200) this.answered++;
        else this.#fail(response.statusCode, askedAt);
        response.resume().once('close', resolve);
      });
      request.once('error', (error) => {
        this.#fail(error, askedAt);
        resolve();
      });
      request.end('{"query":"{ __typename }"}');
    });
  }

  /** A balancer that was late itself sends to instances that are gone. */
  #fail(why: unknown, askedAt: number): void {
    const [looked, asked] = [this.#lookedAt, askedAt].map((at) => Math.round(performance.now() - at));
    this.failed.push(`${String(why)}, asked ${asked} ms ago, last look ${looked} ms ago`);
  }
}
