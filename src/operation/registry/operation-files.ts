import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphQLError, Kind, type OperationDefinitionNode, parse, Source } from 'graphql';
import { documentIdOf, documentTextOf, type RegisteredOperation } from './registered-operation.ts';

/** A file of operations that can't be read as such. The message names file, line and column. */
export class OperationFileError extends Error {
  override readonly name = 'OperationFileError';
}

/**
 * All operations below `schema/operations/<client>/<version>/`, of one client or of all, sorted by client, version and file.
 * Throws an OperationFileError for the first file that does not parse or holds an operation without a name.
 */
export function readOperationFiles(root: string, client = '*'): RegisteredOperation[] {
  return globSync(`schema/operations/${client}/*/*.graphql`, { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .toSorted()
    .flatMap((file) => readOperationFile(root, file));
}

function readOperationFile(root: string, file: string): RegisteredOperation[] {
  const [, , client = '', version = ''] = file.split('/');
  const document = parseFile(readFileSync(join(root, file), 'utf8'), file);
  return document.definitions
    .filter((node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => {
      if (!operation.name) throw new OperationFileError(`${file}: an operation has no name.`);
      const text = documentTextOf(document, operation);
      const { value: name } = operation.name;
      return { client, version, file, name, kind: operation.operation, documentId: documentIdOf(text), text };
    });
}

function parseFile(text: string, file: string): ReturnType<typeof parse> {
  try {
    return parse(new Source(text, file), { maxTokens: 10_000 });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const { line = 0, column = 0 } = error.locations?.[0] ?? {};
    throw new OperationFileError(`${file}:${line}:${column}: ${error.message}`);
  }
}
