/**
 * `npm run diff:schema -- <git ref>`: what changed in each client's schema since the ref, and which released apps break. Exit code 1 if a
 * change blocks. Works offline, from the repository alone.
 */
import { execFileSync } from 'node:child_process';
import { buildASTSchema, concatAST, type DocumentNode, type GraphQLSchema, parse, Source } from 'graphql';
import { readClientSchemas } from '../src/operation/contract/client-schema.ts';
import { readOperationFiles } from '../src/operation/registry/operation-files.ts';
import { schemaChanges } from './schema-changes.ts';

const ref = process.argv[2];
if (!ref) throw new Error('Say which git ref to compare with: npm run diff:schema -- origin/main');

const git = (...args: readonly string[]): string => execFileSync('git', args, { encoding: 'utf8' });

function definitionsAt(folder: string): DocumentNode {
  const files = git('ls-tree', '--name-only', '--full-tree', ref as string, `schema/${folder}/`).split('\n');
  return concatAST(
    files
      .filter((file) => file.endsWith('.graphql'))
      .map((file) => parse(new Source(git('show', `${ref}:${file}`), file))),
  );
}

function schemaAt(client: string): GraphQLSchema | undefined {
  const own = definitionsAt(client);
  return own.definitions.length > 0 ? buildASTSchema(concatAST([definitionsAt('shared'), own])) : undefined;
}

const marks = { blocking: 'BLOCKED ', accepted: 'accepted', warning: 'warning ' } as const;
for (const { client, schema, rules } of readClientSchemas('.')) {
  const before = schemaAt(client);
  if (!before) {
    console.log(`${client}: new since ${ref}`);
    continue;
  }
  const changes = await schemaChanges(before, schema, readOperationFiles('.', client), rules, new Date());
  for (const { verdict, message, because } of changes) {
    console.log(`${marks[verdict]} ${client}: ${message}${because.length > 0 ? ` (${because.join('; ')})` : ''}`);
  }
  if (changes.some(({ verdict }) => verdict === 'blocking')) process.exitCode = 1;
  if (changes.length === 0) console.log(`${client}: nothing that a client could feel changed since ${ref}`);
}
