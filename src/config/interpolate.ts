import { parse } from 'yaml';
import type { ConfigProblem } from './config-error.ts';
import type { Environment } from './environment.ts';

const reference = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

/**
 * Fills `${NAME}` and `${NAME:-default}` in every string of a parsed document. A string that is one reference and nothing else
 * takes the type that its text has in YAML, so `port: ${PORT:-4000}` is a number. As in a shell, an empty variable takes the default.
 */
export function interpolate(value: unknown, environment: Environment, problems: ConfigProblem[], path = ''): unknown {
  if (typeof value === 'string') return fill(value, environment, problems, path);
  if (Array.isArray(value))
    return value.map((item, index) => interpolate(item, environment, problems, `${path}[${index}]`));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      interpolate(item, environment, problems, path ? `${path}.${key}` : key),
    ]),
  );
}

function fill(text: string, environment: Environment, problems: ConfigProblem[], path: string): unknown {
  if (!text.includes('${')) return text;
  const filled = text.replace(reference, (_, name: string, fallback: string | undefined) => {
    const found = environment[name];
    if (found !== undefined && found !== '') return found;
    if (fallback === undefined) problems.push({ path, message: `the environment variable ${name} is not set` });
    return fallback ?? '';
  });
  const whole = text.match(reference)?.[0] === text;
  return whole ? typed(filled) : filled;
}

/** Numbers, booleans and null as YAML reads them; any other text stays text, also where it would be a map or a list. */
function typed(text: string): unknown {
  if (!/^(?:-?\d+(?:\.\d+)?|true|false|null|)$/.test(text)) return text;
  return parse(text) as unknown;
}
