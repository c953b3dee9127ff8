import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import { configPathVariable, type Environment, processEnvironment } from './environment.ts';
import { interpolate } from './interpolate.ts';
import { type Config, configSchema } from './schema.ts';
import { sha256Hex } from '../lib/digest.ts';

export interface LoadedConfig {
  readonly config: Config;
  readonly file: string;
  /** SHA-256 of the effective values' canonical text, first 12 hex digits: shown in logs and `/status`. */
  readonly hash: string;
  /** Keys whose values in the file count from the next start on; in `config` they have those of the last one. */
  readonly waitForRestart?: readonly string[];
}

/** A configuration file of a sane size; a larger one is broken, not new. */
const maxFileBytes = 1_048_576;

/**
 * Reads, fills and validates the configuration once, and freezes it. Throws `ConfigError` with every problem and its path.
 */
export function loadConfig(file?: string, environment: Environment = processEnvironment()): LoadedConfig {
  const path = file ?? environment[configPathVariable] ?? 'gateway.yaml';
  return parseConfig(readText(path), path, environment);
}

export function parseConfig(text: string, file: string, environment: Environment): LoadedConfig {
  if (text.length > maxFileBytes) throw new ConfigError(file, [{ path: '', message: 'the file is larger than 1 MiB' }]);
  const document = parseDocument(text);
  if (document.errors.length > 0) {
    throw new ConfigError(
      file,
      document.errors.map(({ code, linePos }) => ({
        path: '',
        // The parser's own text repeats parts of the file, and those may be secrets.
        message: `not valid YAML (${code}) at line ${linePos?.[0].line}, column ${linePos?.[0].col}`,
      })),
    );
  }
  const problems: ConfigProblem[] = [];
  const filled = interpolate(document.toJS({ maxAliasCount: 100 }), environment, problems);
  const parsed = configSchema.safeParse(filled);
  if (!parsed.success) problems.push(...parsed.error.issues.flatMap(describeIssue));
  if (problems.length > 0 || !parsed.success) throw new ConfigError(file, problems);
  return { config: deepFreeze(parsed.data), file, hash: sha256Hex(JSON.stringify(parsed.data)).slice(0, 12) };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new ConfigError(path, [{ path: '', message: `the file cannot be read (${code})` }]);
  }
}

function describeIssue(issue: z.core.$ZodIssue): ConfigProblem[] {
  const path = formatPath(issue.path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: path ? `${path}.${key}` : key, message: 'unknown key' }));
  return [{ path, message: issue.message }];
}

function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key)),
    '',
  );
}

function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const item of Object.values(value)) deepFreeze(item);
  }
  return value;
}
