import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contractsDigest } from '../../generated/index.ts';
import { sha256Hex } from '../../lib/digest.ts';

/**
 * Digest of all that shapes the records of services: the contracts and the code that makes records of bodies. Records that another build
 * left in Redis are read only if it made them in the same way, without anyone having to remember a version number.
 */
export function recordsDigest(): string {
  const source = join(import.meta.dirname, '../..');
  const files = globSync('{domain,upstream/services}/**/*.{ts,js}', { cwd: source }).sort();
  return sha256Hex([contractsDigest, ...files.map((file) => readFileSync(join(source, file), 'utf8'))].join('\0'));
}
