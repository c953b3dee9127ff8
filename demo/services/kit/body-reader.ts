import { type FieldError, Problem } from './problem.ts';

export interface TextRule {
  min?: number;
  max?: number;
  pattern?: RegExp;
}

/** Typed reading of a JSON object; every wrong member is named at once, by JSON Pointer, in one 422 by `finish`. */
export interface BodyReader {
  has(name: string): boolean;
  text(name: string, rule?: TextRule): string | undefined;
  requiredText(name: string, rule?: TextRule): string;
  /** Text, or null where the contract lets a merge patch remove the member. */
  nullableText(name: string, rule?: TextRule): string | null | undefined;
  /** A list of non-empty strings; absent is empty, which `min` may refuse. */
  texts(name: string, rule: { min: number; max: number }): string[];
  integer(name: string, rule: { min: number; max: number }): number | undefined;
  flag(name: string): boolean | undefined;
  oneOf<T extends string>(name: string, values: readonly T[]): T | undefined;
  /** A map of short strings. */
  metadata(name: string): Record<string, string> | undefined;
  object(name: string, known: readonly string[]): BodyReader | undefined;
  objects(name: string, known: readonly string[], max: number): BodyReader[];
  refuse(name: string, code: string, detail: string): void;
  finish(): void;
}

export function readObject(body: unknown, known: readonly string[]): BodyReader {
  if (!isObject(body)) throw new Problem(400, 'invalid_request', 'The body must be a JSON object.');
  return readerOf(body, known, '', []);
}

function readerOf(
  source: Record<string, unknown>,
  known: readonly string[],
  base: string,
  errors: FieldError[],
): BodyReader {
  const members = new Map(Object.entries(source));
  const refuse = (name: string, code: string, detail: string): void => {
    errors.push({ pointer: `${base}/${escapePointer(name)}`, code, detail });
  };
  for (const name of members.keys()) {
    if (!known.includes(name)) refuse(name.slice(0, 50), 'unknown_member', 'Not a documented member.');
  }

  const reader: BodyReader = {
    refuse,
    has: (name) => members.has(name),

    text(name, rule = {}) {
      const value = members.get(name);
      if (value === undefined) return undefined;
      const problem = textProblem(value, rule);
      if (problem === undefined) return value as string;
      refuse(name, problem.code, problem.detail);
      return undefined;
    },

    requiredText(name, rule) {
      if (!members.has(name)) refuse(name, 'required', 'Required.');
      return reader.text(name, rule) ?? '';
    },

    nullableText: (name, rule) => (members.get(name) === null ? null : reader.text(name, rule)),

    texts(name, { min, max }) {
      const value = members.get(name) ?? [];
      const isList = Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== '');
      if (isList && value.length >= min && value.length <= max) return value;
      refuse(name, 'invalid_list', `A list of ${min} to ${max} strings.`);
      return [];
    },

    integer(name, { min, max }) {
      const value = members.get(name);
      if (value === undefined) return undefined;
      if (Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max) return value as number;
      refuse(name, 'out_of_range', `An integer from ${min} to ${max}.`);
      return undefined;
    },

    flag(name) {
      const value = members.get(name);
      if (value === undefined || typeof value === 'boolean') return value;
      refuse(name, 'not_a_boolean', 'true or false.');
      return undefined;
    },

    oneOf(name, values) {
      const value = members.get(name);
      if (value === undefined) return undefined;
      const match = values.find((candidate) => candidate === value);
      if (match === undefined) refuse(name, 'unknown_value', `One of ${values.join(', ')}.`);
      return match;
    },

    metadata(name) {
      const value = members.get(name);
      if (value === undefined) return undefined;
      const entries = isObject(value) ? Object.entries(value) : [];
      const isFine = isObject(value) && entries.length <= 50 && entries.every(isShortEntry);
      if (!isFine) refuse(name, 'invalid_metadata', 'A map of at most 50 strings of at most 500 characters.');
      return isFine ? (value as Record<string, string>) : undefined;
    },

    object(name, nested) {
      const value = members.get(name);
      if (value === undefined || value === null) return undefined;
      if (isObject(value)) return readerOf(value, nested, `${base}/${name}`, errors);
      refuse(name, 'not_an_object', 'A JSON object.');
      return undefined;
    },

    objects(name, nested, max) {
      const value = members.get(name);
      if (!Array.isArray(value) || value.length === 0 || value.length > max || !value.every(isObject)) {
        refuse(name, 'invalid_list', `A list of 1 to ${max} objects.`);
        return [];
      }
      return value.map((item, index) => readerOf(item, nested, `${base}/${name}/${index}`, errors));
    },

    finish() {
      if (errors.length > 0) {
        throw new Problem(422, 'validation_failed', 'A member of the body is not as documented.', {
          errors: errors.slice(0, 20),
        });
      }
    },
  };
  return reader;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isShortEntry([key, value]: [string, unknown]): boolean {
  return key.length <= 40 && typeof value === 'string' && value.length <= 500;
}

function textProblem(value: unknown, rule: TextRule): { code: string; detail: string } | undefined {
  const { min = 1, max = 200, pattern } = rule;
  if (typeof value !== 'string') return { code: 'not_a_string', detail: 'A string.' };
  if (value.trim().length < min) return { code: 'too_short', detail: `At least ${min} characters.` };
  if (value.length > max) return { code: 'too_long', detail: `At most ${max} characters.` };
  if (pattern !== undefined && !pattern.test(value))
    return { code: 'bad_format', detail: `Must match ${pattern.source}.` };
  return undefined;
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
