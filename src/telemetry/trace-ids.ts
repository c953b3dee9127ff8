import { randomFillSync } from 'node:crypto';

/** Random bytes for many ids at a time: asking for eight costs as much as asking for four thousand. */
const pool = Buffer.alloc(4_096);
let used = pool.length;

function hex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString('hex', used - bytes, used);
}

/** W3C Trace Context §3.2.2.4: 16 hex digits. All zeros would be invalid, and will not come. */
export function newSpanId(): string {
  return hex(8);
}

/** W3C Trace Context §3.2.2.3: 32 hex digits. */
export function newTraceId(): string {
  return hex(16);
}

/** The part of a `traceparent` that names the trace: 32 hex digits (W3C Trace Context §3.2.2.3). */
export function traceIdOf(traceparent: string): string {
  return traceparent.slice(3, 35);
}

/** The part of a `traceparent` that names the span it was sent from: 16 hex digits (W3C Trace Context §3.2.2.4). */
export function parentIdOf(traceparent: string): string {
  return traceparent.slice(36, 52);
}

/** The same trace and decision for whoever is called next, with that caller's span as the parent. */
export function withSpanId(traceparent: string, spanId: string): string {
  return `${traceparent.slice(0, 36)}${spanId}${traceparent.slice(52)}`;
}
