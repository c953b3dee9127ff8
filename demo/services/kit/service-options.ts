/** What a reference service needs to run. */
export interface ServiceOptions {
  /** 0 takes a free port. */
  port: number;
  /** Address to listen on; default loopback. */
  host?: string;
  /** Folder of the SQLite file, or `:memory:`. */
  dataDir: string;
  /** Bearer credentials of the gateway; any one is accepted, so that they can be rotated. */
  gatewayTokens: readonly string[];
  /** Where events are sent, as signed Standard Webhooks; each is tried a bounded number of times. */
  webhookUrls?: readonly string[];
  /** Inbox of the other service, for orders and payments, which follow each other; without it nothing is written for it. */
  peerEventsUrl?: string;
  /** Secret of those signatures, `whsec_<base64>` or any text. */
  webhookSecret?: string;
  /** Credential of the fault and clock switches; without it those paths do not exist. */
  controlToken?: string;
  /** The day on which the seeded world ends, as `YYYY-MM-DD`; only used when the file is made. Default 2026-11-21. */
  seedDay?: string;
  /** Takes each log line; default standard output. */
  writeLog?: (line: string) => void;
}

export const defaultSeedDay = '2026-11-21';
