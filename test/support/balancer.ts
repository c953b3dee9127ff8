import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunningGateway } from './gateway.ts';

/** Asks whichever instance said last that it is ready, as a load balancer does, on kept connections. */
export class Balancer {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 20 });
  #ready: RunningGateway[] = [];
  answered = 0;
  readonly failed: string[] = [];
  stopped = false;

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
      await delay(20);
    }
    this.#agent.destroy();
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
    return new Promise((resolve) => {
      const request = httpRequest(url, { method: 'POST', headers, agent: this.#agent }, (response) => {
        if (response.statusCode === 200) this.answered++;
        else this.failed.push(String(response.statusCode));
        response.resume().once('close', resolve);
      });
      request.once('error', (error) => {
        this.failed.push(String(error));
        resolve();
      });
      request.end('{"query":"{ __typename }"}');
    });
  }
}
