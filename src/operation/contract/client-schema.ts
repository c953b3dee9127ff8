import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildASTSchema, concatAST, type DefinitionNode, type GraphQLSchema, parse, Source } from 'graphql';

/** What one client's schema must hold to beside what holds for all: `schema/<client>/rules.json`. */
export interface ClientRules {
  /** Greatest page that an argument's description may promise. */
  readonly maximumPageSize: number;
  /** `any`, or the interfaces that outputs may have; unions of results are always allowed. Old builds can't draw a member they don't know. */
  readonly abstractOutputs: 'any' | readonly string[];
  /** Root fields that may be non-null → why no failure can make them null. */
  readonly nonNullRootFields: Readonly<Record<string, string>>;
  /** Types and fields (by name) that must not be reachable → why they are not meant for this client. */
  readonly unreachable: Readonly<Record<string, string>>;
}

export interface ClientSchema {
  /** Folder below `schema/`. */
  readonly client: string;
  readonly schema: GraphQLSchema;
  readonly rules: ClientRules;
  /** What the client's own files say, without the shared ones. */
  readonly ownDefinitions: readonly DefinitionNode[];
}

const notClients = new Set(['shared', 'operations', 'upstreams']);

/** The schema of every client that has a folder, without resolvers. Throws graphql-js's own error if one is not valid. */
export function readClientSchemas(root: string): ClientSchema[] {
  const shared = readDefinitions(root, 'shared');
  return globSync('schema/*/rules.json', { cwd: root })
    .map((file) => file.replaceAll('\\', '/').split('/')[1] ?? '')
    .filter((client) => !notClients.has(client))
    .toSorted()
    .map((client) => {
      const own = readDefinitions(root, client);
      const rules = JSON.parse(readFileSync(join(root, 'schema', client, 'rules.json'), 'utf8')) as ClientRules;
      return { client, schema: buildASTSchema(concatAST([shared, own])), rules, ownDefinitions: own.definitions };
    });
}

/** One document of all SDL files in a folder below `schema/`. */
export function readDefinitions(root: string, folder: string): ReturnType<typeof concatAST> {
  const files = globSync(`schema/${folder}/*.graphql`, { cwd: root }).toSorted();
  return concatAST(files.map((file) => parse(new Source(readFileSync(join(root, file), 'utf8'), file))));
}
