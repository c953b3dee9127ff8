/**
 * The one place that reads the process environment. Everything else gets values from the configuration file, whose
 * `${NAME:-default}` references are filled from here.
 */
export type Environment = Readonly<Record<string, string | undefined>>;

export function processEnvironment(): Environment {
  return process.env;
}

/** The configuration file's path, `gateway.yaml` in the working directory unless said otherwise. */
export const configPathVariable = 'FACET_CONFIG';
