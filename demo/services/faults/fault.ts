import type { ServerResponse } from 'node:http';
import type { Outgoing, Reply } from '../kit/reply.ts';
import type { ServiceRequest } from '../kit/request.ts';

export type Parameter = number | string | boolean;

/** What a fault may know of the request it spoils. */
export interface FaultContext {
  request: ServiceRequest;
  /** The rule's parameters over the fault's defaults. */
  parameters: Readonly<Record<string, Parameter>>;
  /** Seeded: the same rule over the same requests spoils the same ones. */
  random: () => number;
  /** Aborts when the caller hangs up, the rule is removed or the service stops. */
  signal: AbortSignal;
  /** The service's answer as its previous contract version would have given it. */
  toPreviousContract: (body: unknown) => unknown;
}

/** One way to go wrong. A fault has any of the hooks; each acts at its own point of the answer. */
export interface Fault {
  name: string;
  summary: string;
  /** Parameters a rule may set, with their defaults. */
  parameters?: Readonly<Record<string, Parameter>>;
  /** Runs before the handler, so before any effect. */
  delay?(context: FaultContext): Promise<void>;
  /** Replaces the handler, or with the parameter `after: true` only its answer: the effect has then happened. */
  answer?(context: FaultContext): Reply;
  /** Runs when the effect has happened and before its answer goes out. */
  linger?(context: FaultContext): Promise<void>;
  /** Changes the finished answer. */
  rewrite?(outgoing: Outgoing, context: FaultContext): Outgoing;
  /** Takes over the writing to the socket. */
  send?(outgoing: Outgoing, response: ServerResponse, context: FaultContext): void | Promise<void>;
  /** The handler itself acts it out: it finds the name in `request.flags`. */
  isFlag?: true;
}

/** Waits, or returns early when the signal aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
