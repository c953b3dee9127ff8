import { isUtf8 } from 'node:buffer';

/** Why bytes are no JSON that we take in: the kind in the drift metric. */
export type JsonFault = 'empty' | 'encoding' | 'syntax' | 'depth' | 'prototype_key' | 'number';

export class BrokenJson extends Error {
  override readonly name = 'BrokenJson';
  readonly fault: JsonFault;

  constructor(fault: JsonFault) {
    super(`The body is no acceptable JSON: ${fault}`);
    this.fault = fault;
  }
}

/** Parses a body that nobody has vouched for. RFC 8259 §8.1: JSON between machines is UTF-8. */
export function parseJsonBody(body: Buffer, maxDepth: number): unknown {
  if (body.length === 0) throw new BrokenJson('empty');
  if (!isUtf8(body)) throw new BrokenJson('encoding');
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new BrokenJson('syntax');
  }
  inspect(value, maxDepth);
  return value;
}

/** One walk over everything that was parsed, bounded by the depth it allows. */
function inspect(value: unknown, depthLeft: number): void {
  if (typeof value === 'number') return inspectNumber(value);
  if (typeof value !== 'object' || value === null) return;
  if (depthLeft === 0) throw new BrokenJson('depth');
  if (Array.isArray(value)) {
    for (const item of value) inspect(item, depthLeft - 1);
    return;
  }
  for (const key in value) {
    // Harmless here, and a change of every object's prototype in the first careless merge.
    if (key === '__proto__') throw new BrokenJson('prototype_key');
    const member = (value as Record<string, unknown>)[key];
    // Most members are texts: no call for those.
    if (typeof member === 'object') inspect(member, depthLeft - 1);
    else if (typeof member === 'number') inspectNumber(member);
  }
}

/** 1e400 is valid JSON and Infinity in JavaScript. */
function inspectNumber(value: number): void {
  if (!Number.isFinite(value)) throw new BrokenJson('number');
}
