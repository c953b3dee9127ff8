import { percentile } from './statistics.ts';

const everyMs = 100;
/** Often beside a scrape every 15 s, and rare enough not to be load. */
const metricsEvery = 10;

export interface Probes {
  /** Percentiles of the times of each path, as text. */
  summary(): string;
  /** What readiness was, and when it became something else. */
  readonly readiness: readonly string[];
  /** Percentiles of the limit on requests in flight. */
  readonly limit: string;
}

/** Asks for health and metrics as a platform does, one after the other, until `isOver`. */
export async function probe(url: string, adminUrl: string, isOver: AbortSignal): Promise<Probes> {
  const paths = { livez: url, readyz: url, metrics: adminUrl };
  const times = new Map<string, number[]>();
  const readiness: string[] = [];
  const begunAt = performance.now();
  const limits: number[] = [];
  let lastStatus = 0;
  let turn = 0;
  while (!isOver.aborted) {
    turn++;
    for (const [path, base] of Object.entries(paths)) {
      if (path === 'metrics' && turn % metricsEvery !== 0) continue;
      const askedAt = performance.now();
      const response = await fetch(new URL(`/${path}`, base));
      const text = await response.text();
      const ms = performance.now() - askedAt;
      times.set(path, [...(times.get(path) ?? []), ms]);
      if (path === 'metrics') limits.push(Number(/^facet_requests_in_flight_limit (\d+)/m.exec(text)?.[1]));
      if (path !== 'readyz' || response.status === lastStatus) continue;
      lastStatus = response.status;
      readiness.push(`${lastStatus} at ${((askedAt - begunAt) / 1_000).toFixed(1)} s`);
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return {
    readiness,
    limit: figures(limits),
    summary: () => [...times].map(([path, ms]) => `/${path} ${figures(ms)} ms`).join('; '),
  };
}

function figures(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  return [percentile(sorted, 0.5), percentile(sorted, 0.99), percentile(sorted, 1)]
    .map((ms) => ms.toFixed(0))
    .join(', ');
}
