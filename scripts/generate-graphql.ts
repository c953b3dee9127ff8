/**
 * Everything that comes out of the SDL: resolver types and typed client operations by `codegen.yml`, the persisted documents of every
 * released app version, and the pages under `docs/schema/`. Writes only files whose text changed; `npm run generate:check` fails when
 * one did.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { generate, loadCodegenConfig } from '@graphql-codegen/cli';
import { type DocumentNode, Kind, type OperationDefinitionNode } from 'graphql';
import { format, resolveConfig } from 'prettier';
import { readClientSchemas } from '../src/operation/contract/client-schema.ts';
import { readOperationFiles } from '../src/operation/registry/operation-files.ts';
import { documentIdOf, documentTextOf } from '../src/operation/registry/registered-operation.ts';
import { schemaPage } from './schema-page.ts';

const { config } = await loadCodegenConfig({ configFilePath: 'codegen.yml' });
for (const output of Object.values(config.generates)) {
  if ('preset' in output && output.preset === 'client') {
    // Each typed document carries the id that the gateway knows it by.
    output.presetConfig = { ...output.presetConfig, onExecutableDocumentNode: idOf };
  }
}
const generated = (await generate(config, false)) as { filename: string; content: string }[];
// The preset's look-up table by document text would put every operation into every bundle: clients import documents by name.
write(generated.filter(({ filename }) => !/\/(gql|index)\.ts$/.test(filename)));
write(persistedDocuments());
write(await schemaPages());

function idOf(document: DocumentNode): { documentId: string } | undefined {
  const operation = document.definitions.find(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  return operation && { documentId: documentIdOf(documentTextOf(document, operation)) };
}

/** One manifest a client: `documentId` → text, over all versions that the registry has. */
function persistedDocuments(): { filename: string; content: string }[] {
  const clients = Map.groupBy(readOperationFiles('.'), ({ client }) => client);
  return [...clients].map(([client, operations]) => {
    const documents = Object.fromEntries(operations.map(({ documentId, text }) => [documentId, text]));
    return {
      filename: `clients/${client}/generated/persisted-documents.json`,
      content: `${JSON.stringify(documents, null, 2)}\n`,
    };
  });
}

/** `docs/schema/<client>.md`. Formatted, since the pages are read and reviewed like any other. */
async function schemaPages(): Promise<{ filename: string; content: string }[]> {
  const options = await resolveConfig('docs/schema/README.md');
  return Promise.all(
    readClientSchemas('.').map(async ({ client, schema }) => ({
      filename: `docs/schema/${client}.md`,
      content: await format(schemaPage(client, schema, readOperationFiles('.', client)), {
        ...options,
        parser: 'markdown',
      }),
    })),
  );
}

function write(files: readonly { filename: string; content: string }[]): void {
  for (const { filename, content } of files) {
    if (existsSync(filename) && readFileSync(filename, 'utf8') === content) continue;
    mkdirSync(dirname(filename), { recursive: true });
    writeFileSync(filename, content);
  }
}
