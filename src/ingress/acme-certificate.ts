import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'acme-client';
import type { AcmeConfig, ListenerTlsConfig } from '../config/sections/tls.ts';
import { FetchFailed, fetchJson } from '../lib/bounded-fetch.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { AcmeChallenges } from './acme-challenges.ts';

export interface AcmeCertificateParts {
  readonly config: ListenerTlsConfig & { readonly acme: AcmeConfig };
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
}

const dayMs = 86_400_000;
const lookMs = dayMs / 2;
/** Authorities count failed validations by the hour: the first pause is long, and it doubles. */
const firstRetryMs = 300_000;
/** One that cannot be reached counts nothing, and may be back at once. */
const firstReachMs = 1_000;
const longestRetryMs = 3_600_000;
const directoryMs = 10_000;
const maxDirectoryBytes = 65_536;

/**
 * Gets a listener's certificate from an ACME server and renews it. Only writes the two files: whoever serves them watches them. The
 * key is made once and stays, so that one rename makes a renewal whole.
 */
export class AcmeCertificate {
  readonly #parts: AcmeCertificateParts;
  readonly #orders;
  readonly #closed = new AbortController();

  constructor(parts: AcmeCertificateParts) {
    this.#parts = parts;
    this.#orders = parts.metrics.counter('facet_acme_orders_total', 'Orders for a certificate, by how they ended.', [
      'outcome',
    ]);
  }

  /** Resolves when there is a certificate that can be shown; from then on it is renewed in the background. */
  async start(): Promise<void> {
    if (!(await this.#endsAt())) await this.#orderUntilDone();
    void this.#keep();
  }

  close(): void {
    this.#closed.abort();
  }

  async #keep(): Promise<void> {
    const { clock, config } = this.#parts;
    while (!this.#closed.signal.aborted) {
      const endsAt = await this.#endsAt();
      if (!endsAt || endsAt - clock.now() < config.acme.renewBeforeDays * dayMs) await this.#orderUntilDone();
      await this.#pause(lookMs);
    }
  }

  /** When the present certificate ends, in epoch milliseconds; undefined when there is none that would do. */
  async #endsAt(): Promise<number | undefined> {
    const { certificateFile, acme } = this.#parts.config;
    try {
      const certificate = new X509Certificate(await readFile(certificateFile));
      const endsAt = certificate.validToDate.getTime();
      const isOurs = acme.domains.every((domain) => certificate.checkHost(domain) !== undefined);
      return isOurs && endsAt > this.#parts.clock.now() ? endsAt : undefined;
    } catch {
      return undefined;
    }
  }

  async #orderUntilDone(): Promise<void> {
    const { log, config } = this.#parts;
    const { domains } = config.acme;
    for (let failures = 0; !this.#closed.signal.aborted; failures++) {
      let firstMs = firstRetryMs;
      try {
        await this.#order();
        this.#orders.inc({ outcome: 'issued' });
        log.info(
          { 'event.action': 'certificate.issued', 'facet.domains': domains },
          'the ACME server issued a certificate',
        );
        return;
      } catch (error) {
        if (this.#closed.signal.aborted) return;
        if (error instanceof FetchFailed) firstMs = firstReachMs;
        this.#orders.inc({ outcome: 'failed' });
        const reason = reasonOf(error);
        log.error(
          { 'event.action': 'certificate.not_issued', 'event.reason': reason, 'facet.domains': domains },
          'the ACME server issued no certificate',
        );
      }
      await this.#pause(Math.min(firstMs * 2 ** failures, longestRetryMs));
    }
  }

  async #order(): Promise<void> {
    const { certificateFile, keyFile, acme } = this.#parts.config;
    const { signal } = this.#closed;
    // The library would ask a directory that is away for more than a minute, without a word and without the reason at the end.
    await fetchJson(acme.directoryUrl, { timeoutMs: directoryMs, maxBytes: maxDirectoryBytes, signal });
    // Loaded for those alone who use it: it brings an HTTP client and a cryptographic library of its own.
    const { Client, crypto } = await import('acme-client');
    const makeKey = () => crypto.createPrivateEcdsaKey('P-256');
    const accountKey = await readOrMake(acme.accountKeyFile, makeKey);
    const key = await readOrMake(keyFile, makeKey);
    const [commonName = ''] = acme.domains;
    const [, csr] = await crypto.createCsr({ commonName, altNames: [...acme.domains] }, key);
    const client = new Client({ directoryUrl: acme.directoryUrl, accountKey, backoffMin: 500, backoffMax: 10_000 });
    const challenges = new AcmeChallenges();
    try {
      await challenges.open(acme.challengeHost, acme.challengePort);
      await signIn(client, acme);
      const chain = await client.auto({
        csr,
        challengePriority: ['http-01'],
        // It would ask our own port by its public name, which need not lead back here from inside.
        skipChallengeVerification: true,
        challengeCreateFn: async (_authorization, { token }, answer) => challenges.set(token, answer),
        challengeRemoveFn: async () => undefined,
      });
      await replace(certificateFile, chain);
    } finally {
      challenges.close();
    }
  }

  /** ± 20 %, so that instances don't ask together. Ends early when closed. */
  #pause(ms: number): Promise<void> {
    const { signal } = this.#closed;
    return sleep(ms * (0.8 + Math.random() * 0.4), undefined, { signal }).catch(() => undefined);
  }
}

/**
 * Opens the account, or finds it. For one that exists the library sends an update, and servers may refuse one that changes nothing; the
 * account is known by then all the same.
 */
async function signIn(client: Client, { email, termsOfServiceAgreed }: AcmeConfig): Promise<void> {
  try {
    await client.createAccount({ termsOfServiceAgreed, ...(email && { contact: [`mailto:${email}`] }) });
  } catch (error) {
    if (!knowsAccount(client)) throw error;
  }
}

/** In the server's words, or why the way to it failed. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (!(error instanceof FetchFailed)) return error.message.slice(0, 500);
  const { code } = ((error.cause as Error | undefined)?.cause ?? {}) as NodeJS.ErrnoException;
  return `the directory cannot be fetched: ${error.message}${code ? `, ${code}` : ''}`;
}

function knowsAccount(client: Client): boolean {
  try {
    return client.getAccountUrl() !== '';
  } catch {
    return false;
  }
}

async function readOrMake(file: string, make: () => Promise<Buffer>): Promise<Buffer> {
  const known = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  if (known) return known;
  const made = await make();
  await replace(file, made);
  return made;
}

/** Whole or not at all; readable by this user only. */
async function replace(file: string, content: string | Buffer): Promise<void> {
  const draft = `${file}.${process.pid}.new`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(draft, content, { mode: 0o600 });
  await rename(draft, file);
}
