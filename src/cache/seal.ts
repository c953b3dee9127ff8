export interface Sealed {
  /** Estimated bytes on the heap: an upper guess rather than a lower one. */
  readonly bytes: number;
  /** Only plain objects, arrays and JSON's scalars: may be written as JSON and read back equal. */
  readonly plain: boolean;
}

const headerBytes = 24;
const slotBytes = 8;

/**
 * Freezes a record through and through and measures it on the same walk. A kept record is handed to many requests, so a caller
 * that changed it would change everyone's; frozen, it throws where the mistake is made.
 */
export function seal(value: unknown): Sealed {
  switch (typeof value) {
    case 'string':
      return { bytes: headerBytes + value.length * 2, plain: true };
    case 'number':
      return { bytes: slotBytes, plain: Number.isFinite(value) };
    case 'boolean':
      return { bytes: slotBytes, plain: true };
    case 'object':
      return value === null ? { bytes: slotBytes, plain: true } : sealObject(value);
    default:
      return { bytes: headerBytes, plain: false };
  }
}

function sealObject(value: object): Sealed {
  let bytes = headerBytes;
  let plain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  const add = (part: unknown): void => {
    // JSON leaves an absent member out, and a reader cannot tell it from one that is undefined.
    if (part === undefined && !Array.isArray(value)) return;
    const sealed = seal(part);
    bytes += slotBytes + sealed.bytes;
    plain &&= sealed.plain;
  };
  if (value instanceof Map) {
    for (const [key, part] of value) {
      add(key);
      add(part);
    }
    return { bytes, plain: false };
  }
  for (const part of Object.values(value)) add(part);
  Object.freeze(value);
  return { bytes, plain };
}
