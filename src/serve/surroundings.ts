import { Health } from '../admin/health.ts';
import type { Config } from '../config/schema.ts';
import type { Machine, Surroundings } from '../gateway.ts';
import { systemClock } from '../lib/clock.ts';
import { CertificateExpiry } from '../telemetry/certificate-expiry.ts';
import { LineLog } from '../telemetry/line-log.ts';
import { openLogOutput } from '../telemetry/log-output.ts';
import { createLogger } from '../telemetry/logger.ts';
import { Metrics } from '../telemetry/metrics.ts';

/** What a process has once: the log, the metrics, its health, and what looks at files. */
export interface ProcessSurroundings extends Surroundings {
  /** Takes over the settings of another version of the configuration. */
  follow(config: Config): void;
  /** Writes the last lines. */
  close(): Promise<void>;
}

/** What one of several workers has of the others. */
export interface Neighbourhood {
  readonly machine: Machine;
  /** Told when readiness changes, and why. */
  readonly onHealth: (ready: boolean, reason: string) => void;
}

/** `profile`: name of the process's profile. `neighbourhood`: where it is one of several workers. */
export function openSurroundings(
  profile: string,
  config: Config,
  neighbourhood: Neighbourhood | undefined,
  root: string,
): ProcessSurroundings {
  const clock = systemClock;
  const metrics = new Metrics();
  const output = openLogOutput({ ...config.logging, isShared: neighbourhood !== undefined }, metrics);
  const base = { 'service.name': `bff-${profile}`, ...(neighbourhood && { 'process.pid': process.pid }) };
  const logging = { level: config.logging.level, base, destination: output };
  const log = createLogger(logging);
  const accessLines = new LineLog(logging);
  const expiry = new CertificateExpiry({ clock, metrics, log });
  let { watchSeconds } = config.reload;
  return {
    clock,
    log,
    accessLines,
    metrics,
    expiry,
    health: new Health(neighbourhood?.onHealth),
    watchMs: () => watchSeconds * 1_000,
    root,
    machine: neighbourhood?.machine,
    follow(next) {
      log.level = next.logging.level;
      accessLines.setLevel(next.logging.level);
      output.follow(next.logging);
      ({ watchSeconds } = next.reload);
    },
    close() {
      expiry.close();
      return output.close();
    },
  };
}
