import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateSchema } from 'graphql';
import { readOperationFiles } from '../registry/operation-files.ts';
import { checkRegistry, describeProblem, type RegistryException } from '../registry/registry-check.ts';
import { readClientSchemas, readDefinitions } from './client-schema.ts';
import { lintSchema } from './lint-schema.ts';
import { sameNameProblems } from './same-names.ts';

/**
 * Everything below `schema/` that can be judged offline: each client's SDL is valid and keeps the rules, names mean one thing, and every
 * operation of every released version still fits. `root` holds the folder `schema`. One sentence a problem; empty means good.
 */
export function checkContracts(root: string, now: Date): string[] {
  const clients = readClientSchemas(root);
  const invalid = clients.flatMap(({ client, schema }) =>
    validateSchema(schema).map(({ message }) => `${client}: ${message}`),
  );
  // The rules below read a schema as valid.
  if (invalid.length > 0) return invalid;
  const schemas = new Map(clients.map(({ client, schema }) => [client, schema]));
  const exceptions = readJson<RegistryException[]>(root, 'schema/operations/exceptions.json') ?? [];
  const ownNames = readJson<Record<string, string>>(root, 'schema/shared/own-names.json') ?? {};
  return [
    ...sameNameProblems(clients, readDefinitions(root, 'shared').definitions, ownNames),
    ...clients.flatMap((client) => Array.from(lintSchema(client))),
    ...checkRegistry(schemas, readOperationFiles(root), exceptions, now).map(describeProblem),
  ];
}

function readJson<Content>(root: string, file: string): Content | undefined {
  const path = join(root, file);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Content) : undefined;
}
