import { createServer } from 'node:net';
import type { ChildSpec, Ports } from './child-spec.ts';

/** Why the demo can't start, in sentences for the person who typed the command. */
export class StartError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/**
 * The port of every variable: from the environment, else its default.
 * @throws StartError naming every port that is no number, wanted twice or taken, who wants it and the variable to set.
 */
export async function resolvePorts(
  specs: readonly ChildSpec[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Ports> {
  const ports: Record<string, number> = {};
  const owners = new Map<number, string>();
  const problems: string[] = [];
  for (const spec of specs) {
    for (const { variable, defaultPort } of spec.ports) {
      const given = environment[variable]?.trim();
      const port = given ? Number(given) : defaultPort;
      const owner = owners.get(port);
      if (!Number.isInteger(port) || port < 1 || port > 65_535) {
        problems.push(`${variable} must be a port from 1 to 65535, not ${JSON.stringify(given)}.`);
      } else if (owner !== undefined) {
        problems.push(`${variable} and ${owner} are both ${port}; give ${spec.title} another port.`);
      } else {
        owners.set(port, variable);
        ports[variable] = port;
        if (!(await isFree(port))) {
          problems.push(
            `Port ${port} is taken, and ${spec.title} wants it: free it, or set ${variable} to another one.`,
          );
        }
      }
    }
  }
  if (problems.length > 0) throw new StartError(problems);
  return ports;
}
