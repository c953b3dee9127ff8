/** A version as Semantic Versioning 2.0 orders it; missing parts are 0. */
export interface Version {
  readonly numbers: readonly [major: number, minor: number, patch: number];
  /** Identifiers of a pre-release; empty for a release. */
  readonly preRelease: readonly string[];
}

const form =
  /^v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?$/;
const maxLength = 64;

/** `1.2.3`, `1.2`, `v2`, `1.2.3-beta.1+build`; undefined for anything else. */
export function parseVersion(text: string): Version | undefined {
  const match = text.length <= maxLength ? form.exec(text) : null;
  if (!match) return undefined;
  const [, major, minor = '0', patch = '0', preRelease] = match;
  return { numbers: [Number(major), Number(minor), Number(patch)], preRelease: preRelease?.split('.') ?? [] };
}

/** Below zero when `a` is older, above when it is newer, 0 when they have the same precedence (Semantic Versioning 2.0 §11). */
export function compareVersions(a: Version, b: Version): number {
  for (let part = 0; part < 3; part++) {
    const difference = (a.numbers[part] ?? 0) - (b.numbers[part] ?? 0);
    if (difference !== 0) return difference;
  }
  // A pre-release comes before its release.
  if (a.preRelease.length === 0 || b.preRelease.length === 0) return b.preRelease.length - a.preRelease.length;
  for (let part = 0; part < Math.min(a.preRelease.length, b.preRelease.length); part++) {
    const difference = compareIdentifiers(a.preRelease[part] ?? '', b.preRelease[part] ?? '');
    if (difference !== 0) return difference;
  }
  return a.preRelease.length - b.preRelease.length;
}

/** Numbers by value and before words; words by their characters. */
function compareIdentifiers(a: string, b: string): number {
  const [aIsNumber, bIsNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (aIsNumber && bIsNumber) return Number(a) - Number(b);
  if (aIsNumber !== bIsNumber) return aIsNumber ? -1 : 1;
  return a < b ? -1 : Number(a > b);
}
