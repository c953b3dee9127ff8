import type { JourneyRecord, RecordedSpan } from './journey-record.ts';

/** How deep a span of a kind is drawn: stages hold batches, batches hold calls, calls hold the rest. */
const depths: Readonly<Record<string, number>> = { stage: 0, loader: 1, redis: 1, call: 2 };
const leafDepth = 3;
const nameWidth = 40;

/** A journey as text: who waited for what, and how long. `columns`: width of the terminal. */
export function waterfall(record: JourneyRecord, columns = 110): string {
  const { ms, spans } = record;
  const barWidth = Math.max(12, Math.min(60, columns - nameWidth - 46));
  const rows = spans.map((span) => row(span, ms, barWidth));
  return [...header(record), '', ...rows, ...omitted(record), ''].join('\n');
}

function header(record: JourneyRecord): string[] {
  const { codes, clientVersion } = record;
  return [
    `${record.correlationId}  ${record.outcome}${codes.length > 0 ? ` (${codes.join(', ')})` : ''}`,
    `${record.startedAt}  ${record.operation} of ${record.client}${clientVersion && ` ${clientVersion}`}, answered ${record.status} by ${record.process}`,
    `${record.ms} ms: ${record.upstreamMs} ms waiting for services, ${record.overheadMs} ms own; ${record.calls} calls, ${record.retries} retries, cost ${record.cost}, ${record.bytes} bytes`,
  ];
}

function row({ kind, name, startMs, ms, outcome, detail }: RecordedSpan, totalMs: number, barWidth: number): string {
  const indent = '  '.repeat(depths[kind] ?? leafDepth);
  const label = `${indent}${kind === 'stage' ? name : `${kind} ${name}`}`.slice(0, nameWidth).padEnd(nameWidth);
  const from = Math.min(barWidth - 1, Math.floor((startMs / Math.max(totalMs, 0.01)) * barWidth));
  const length = Math.min(barWidth - from, Math.max(1, Math.round((ms / Math.max(totalMs, 0.01)) * barWidth)));
  const bar = `${' '.repeat(from)}${(ms === 0 ? '·' : '█').repeat(length)}`.padEnd(barWidth);
  const facts = Object.entries(detail ?? {}).map(([key, value]) => `${key}=${value}`);
  return [label, `│${bar}│`, `${ms.toFixed(1)} ms`.padStart(10), outcome, ...facts].join(' ').trimEnd();
}

function omitted({ omitted: count }: JourneyRecord): string[] {
  return count > 0 ? [`… and ${count} more`] : [];
}
