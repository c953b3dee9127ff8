/**
 * Writes the pages that repeat code: `docs/errors.md` from the error table, `docs/configuration.md` and `schema/gateway.schema.json`
 * from the configuration's schema. `npm run generate:docs`; `npm run generate:check` fails when the result is not committed.
 */
import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { z } from 'zod';
import { configSchema } from '../src/config/schema.ts';
import { codes, type CodeEntry } from '../src/errors/codes.ts';

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

async function write(file: string, text: string): Promise<void> {
  const parser = file.endsWith('.md') ? 'markdown' : 'json';
  writeFileSync(file, await format(text, { parser, printWidth: 120, singleQuote: true }));
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function errorsPage(): string {
  const rows = Object.entries<CodeEntry>(codes).map(
    ([code, { status, source, retryable, level, message, requestError }]) =>
      `| \`${code}\` | ${status}${requestError ? ' ¹' : ''} | ${source} | ${retryable ? 'yes' : 'no'} | ${level} | ${cell(message)} |`,
  );
  return `# Errors

<!-- Written by \`npm run generate:docs\` from src/errors/codes.ts. Do not edit. -->

Every error has the same shape, whether it refuses a request or explains a \`null\`:

\`\`\`json
{
  "message": "A service is not available.",
  "path": ["order", "payments"],
  "extensions": {
    "code": "UPSTREAM_UNAVAILABLE",
    "service": "payments",
    "retryable": true,
    "retryAfterMs": 1800,
    "correlationId": "0b9f…"
  }
}
\`\`\`

Decide by \`code\` alone: texts may change, codes don't. \`path\` is there when a part of the answer failed, \`service\` when a service
is at fault, \`retryAfterMs\` when a time is known. Quote \`correlationId\` when you ask for help.

| Code | Status | Whose | Retry | Log | Text |
| ---- | ------ | ----- | ----- | --- | ---- |
${rows.join('\n')}

The status is that of a request refused as a whole. A response with \`data\` is always 200. ¹ A GraphQL request error: 200 for clients
that accept only \`application/json\`, this status for \`application/graphql-response+json\` (GraphQL over HTTP §6.4).

Failures that a mutation expects are no errors but members of its result (\`Problem\` types on the richer schema, one problem type
with retry advice on the leaner one). Apollo's own \`PERSISTED_QUERY_NOT_FOUND\` is answered in development only, so that stock clients
send the text again.
`;
}

function configurationPage(schema: JsonSchema): string {
  const all = Object.entries(schema.properties ?? {});
  const isPlain = ({ properties, additionalProperties }: JsonSchema): boolean => !properties && !additionalProperties;
  const general: JsonSchema = {
    description: 'The file as a whole.',
    properties: Object.fromEntries(all.filter(([, section]) => isPlain(section))),
  };
  const named = all.filter(([, section]) => !isPlain(section));
  const sections = [['', general] as const, ...named].map(([name, section]) => {
    const rows = keysOf(section, name).map(
      ({ path, type, fallback, text }) => `| \`${path}\` | ${type} | ${fallback} | ${cell(text)} |`,
    );
    return `## ${name || 'general'}\n\n${section.description ?? ''}\n\n| Key | Type | Default | Meaning |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  return `# Configuration

<!-- Written by \`npm run generate:docs\` from src/config/. Do not edit. -->

One file, \`gateway.yaml\` (\`FACET_CONFIG\` names another), read once at start. \`\${NAME}\` and \`\${NAME:-default}\` are filled from the
environment. Unknown keys are refused, and every problem is listed at once with its path: \`npm run check\`. Editors complete it with
\`schema/gateway.schema.json\`. Units are in the names. \`<name>\` stands for a name of your own.

${sections.join('\n')}`;
}

interface Key {
  readonly path: string;
  readonly type: string;
  readonly fallback: string;
  readonly text: string;
}

function keysOf(schema: JsonSchema, path: string): Key[] {
  const { properties, additionalProperties, items } = schema;
  if (properties)
    return Object.entries(properties).flatMap(([name, child]) => keysOf(child, path ? `${path}.${name}` : name));
  if (typeof additionalProperties === 'object') return keysOf(additionalProperties, `${path}.<name>`);
  if (items?.properties) return keysOf(items, `${path}[]`);
  return [{ path, type: typeOf(schema), fallback: defaultOf(schema), text: schema.description ?? '' }];
}

function typeOf({ type, enum: values, const: value, items, anyOf, minimum, maximum }: JsonSchema): string {
  if (value !== undefined) return `\`${JSON.stringify(value)}\``;
  if (values) return values.map((one) => `\`${String(one)}\``).join(', ');
  if (anyOf) return anyOf.map(typeOf).join(' or ');
  if (items) return `list of ${typeOf(items)}`;
  const bounds =
    minimum !== undefined && maximum !== undefined && Math.abs(maximum) < 2 ** 53 ? ` ${minimum}–${maximum}` : '';
  return `${Array.isArray(type) ? type.join(' or ') : String(type ?? 'any')}${bounds}`;
}

function defaultOf(schema: JsonSchema): string {
  return schema.default === undefined ? '' : `\`${JSON.stringify(schema.default)}\``;
}

const jsonSchema = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' });
await write('schema/gateway.schema.json', JSON.stringify(jsonSchema));
await write('docs/configuration.md', configurationPage(jsonSchema as JsonSchema));
await write('docs/errors.md', errorsPage());
