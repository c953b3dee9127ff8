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
  /** Secret of those signatures, `whsec_<base64>` or any text. */
  webhookSecret?: string;
  /** Credential of the fault and clock switches; without it those paths do not exist. */
  controlToken?: string;
  /** The day on which the seeded world ends, as `YYYY-MM-DD`; only used when the file is made. Default 2026-11-21. */
  seedDay?: string;
  /** Takes each log line; default standard output. */
  writeLog?: (line: string) => void;
}

/** Order-service and payment-service tell each other what happened, by the same signed messages. */
export interface PeerOptions {
  /** The other service's inbox; without it events for it are not written. */
  peerEventsUrl?: string;
}

export const defaultSeedDay = '2026-11-21';
