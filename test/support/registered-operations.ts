import { existsSync, globSync, readFileSync } from 'node:fs';
import { Kind, parse } from 'graphql';
import type { PreparedOperation } from '../../src/operation/prepared.ts';

/** A screen of a client as its file has it, with the example variables beside it. */
export interface RegisteredFile {
  readonly file: string;
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export function registeredFiles(client: string): RegisteredFile[] {
  return globSync(`schema/operations/${client}/*/*.graphql`).map((file) => {
    const example = file.replace(/\.graphql$/, '.variables.json');
    const variables: unknown = existsSync(example) ? JSON.parse(readFileSync(example, 'utf8')) : {};
    return { file, text: readFileSync(file, 'utf8'), variables: variables as Record<string, unknown> };
  });
}

/** What executors see of a prepared operation. */
export function executable(text: string, registered = true): PreparedOperation {
  const document = parse(text);
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  return { source: text, document, operation, registered, fields: [] } as unknown as PreparedOperation;
}
