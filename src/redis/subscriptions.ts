import type { Redis } from 'ioredis';
import { discard, type DriverFactory } from './driver.ts';

interface Listener {
  readonly onMessage: (message: string) => void;
  readonly onGap: (() => void) | undefined;
  readonly onListening: (() => void) | undefined;
}

/** How often a quiet connection is asked whether it still lives: nothing else would notice a peer that is gone. */
const pingMs = 5_000;

/**
 * Channels on a connection of their own, opened with the first of them. A lost connection is replaced by a new one, and every
 * listener's `onGap` then says that messages may have been missed.
 */
export class Subscriptions {
  readonly #factory: DriverFactory;
  readonly #retryMs: () => number;
  readonly #channels = new Map<string, Set<Listener>>();
  #driver: Redis | undefined;
  #retry: NodeJS.Timeout | undefined;
  #ping: NodeJS.Timeout | undefined;
  #connectedBefore = false;

  constructor(factory: DriverFactory, retryMs: () => number) {
    this.#factory = factory;
    this.#retryMs = retryMs;
  }

  add(
    channel: string,
    onMessage: Listener['onMessage'],
    onGap: Listener['onGap'],
    onListening: Listener['onListening'],
  ): () => void {
    const listener: Listener = { onMessage, onGap, onListening };
    const listeners = this.#channels.get(channel);
    if (listeners) listeners.add(listener);
    else {
      this.#channels.set(channel, new Set([listener]));
      if (this.#driver?.status === 'ready') this.#watch(this.#driver, this.#driver.subscribe(channel));
    }
    if (!this.#driver && !this.#retry) this.#connect();
    return () => this.#remove(channel, listener);
  }

  /**
   * Called when Redis is back, since this connection may be half open: without an answer in time it is replaced. One that answers has
   * missed nothing, since what is sent on a connection arrives in order, and then nobody need forget anything.
   */
  prove(): void {
    const driver = this.#driver;
    driver?.ping().catch(() => this.#drop(driver, 0));
  }

  close(): void {
    this.#channels.clear();
    if (this.#driver) this.#drop(this.#driver, 0);
    clearTimeout(this.#retry);
  }

  #remove(channel: string, listener: Listener): void {
    const listeners = this.#channels.get(channel);
    if (!listeners?.delete(listener) || listeners.size > 0) return;
    this.#channels.delete(channel);
    if (this.#driver?.status === 'ready') this.#watch(this.#driver, this.#driver.unsubscribe(channel));
  }

  #connect(): void {
    this.#retry = undefined;
    if (this.#channels.size === 0) return;
    const driver = this.#factory.subscriber();
    this.#driver = driver;
    driver.on('error', () => {});
    driver.on('message', (channel: string, message: string) => {
      for (const { onMessage } of this.#channels.get(channel) ?? []) onMessage(message);
    });
    driver.once('end', () => this.#drop(driver, this.#retryMs()));
    driver.once('ready', () => {
      this.#watch(
        driver,
        driver.subscribe(...this.#channels.keys()).then(() => this.#tellGap()),
      );
      this.#ping = setInterval(() => this.#watch(driver, driver.ping()), pingMs).unref();
    });
  }

  #tellGap(): void {
    for (const listeners of this.#channels.values())
      for (const { onGap, onListening } of listeners) {
        if (this.#connectedBefore) onGap?.();
        onListening?.();
      }
    this.#connectedBefore = true;
  }

  /** A failed question on this connection ends it. */
  #watch(driver: Redis, reply: Promise<unknown>): void {
    reply.catch(() => this.#drop(driver, this.#retryMs()));
  }

  #drop(driver: Redis, delayMs: number): void {
    if (driver !== this.#driver) return;
    this.#driver = undefined;
    clearInterval(this.#ping);
    discard(driver);
    if (this.#channels.size > 0) this.#retry = setTimeout(() => this.#connect(), delayMs);
  }
}
