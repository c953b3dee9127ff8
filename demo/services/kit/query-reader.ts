import { type FieldError, Problem } from './problem.ts';

/** Typed reading of query parameters; every wrong one is named at once in one 400 by `finish`. */
export interface QueryReader {
  text(name: string, rule?: { min?: number; max?: number }): string | undefined;
  /** All values of a repeated parameter, each also split at commas when `split` is set. */
  list(name: string, options: { max: number; split?: boolean }): string[];
  integer(name: string, options: { min: number; max: number; fallback: number }): number;
  instant(name: string): number | undefined;
  flag(name: string): boolean;
  oneOf<T extends string>(name: string, values: readonly T[], fallback: T): T;
  refuse(name: string, code: string, detail: string): void;
  finish(): void;
}

const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

export function readQuery(query: URLSearchParams): QueryReader {
  const errors: FieldError[] = [];
  const refuse = (name: string, code: string, detail: string): void => {
    errors.push({ parameter: name, code, detail });
  };

  return {
    refuse,

    text(name, { min = 1, max = 200 } = {}) {
      const value = query.get(name);
      if (value === null) return undefined;
      if (value.length < min) refuse(name, 'too_short', `At least ${min} characters.`);
      if (value.length > max) refuse(name, 'too_long', `At most ${max} characters.`);
      return value;
    },

    list(name, { max, split = false }) {
      const values = query.getAll(name).flatMap((value) => (split ? value.split(',') : [value]));
      if (values.length > max) refuse(name, 'too_many', `At most ${max} values.`);
      if (values.includes('')) refuse(name, 'empty', 'A value must not be empty.');
      return values;
    },

    integer(name, { min, max, fallback }) {
      const value = query.get(name);
      if (value === null) return fallback;
      const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
      if (number >= min && number <= max) return number;
      refuse(name, 'out_of_range', `An integer from ${min} to ${max}.`);
      return fallback;
    },

    instant(name) {
      const value = query.get(name);
      if (value === null) return undefined;
      const epochMs = instantPattern.test(value) ? Date.parse(value) : Number.NaN;
      if (!Number.isNaN(epochMs)) return epochMs;
      refuse(name, 'not_a_date_time', 'An RFC 3339 date-time.');
      return undefined;
    },

    flag(name) {
      const value = query.get(name);
      if (value !== null && value !== 'true' && value !== 'false') refuse(name, 'not_a_boolean', 'true or false.');
      return value === 'true';
    },

    oneOf(name, values, fallback) {
      const value = query.get(name);
      if (value === null) return fallback;
      const known = values.find((candidate) => candidate === value);
      if (known === undefined) refuse(name, 'unknown_value', `One of ${values.join(', ')}.`);
      return known ?? fallback;
    },

    finish() {
      if (errors.length > 0) {
        throw new Problem(400, 'invalid_request', 'A query parameter is not as documented.', { errors });
      }
    },
  };
}

/** Reads `include`/`expand`: a comma-separated or repeated list from a closed set. */
export function readEmbeds<T extends string>(reader: QueryReader, name: string, known: readonly T[]): ReadonlySet<T> {
  const wanted = new Set<T>();
  for (const value of reader.list(name, { max: 10, split: true })) {
    const match = known.find((candidate) => candidate === value);
    if (match === undefined) reader.refuse(name, 'unknown_value', `One of ${known.join(', ')}.`);
    else wanted.add(match);
  }
  return wanted;
}

export function checkKnownParameters(query: URLSearchParams, known: readonly string[]): void {
  const unknown = [...new Set(query.keys())].filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new Problem(400, 'invalid_request', 'A query parameter is not documented for this path.', {
    errors: unknown.slice(0, 10).map((name) => ({
      parameter: name.slice(0, 50),
      code: 'unknown_parameter',
      detail: 'Not a parameter of this path.',
    })),
  });
}
