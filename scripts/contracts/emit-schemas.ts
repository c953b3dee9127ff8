import { asNode, schemaNameOf, type ContractDocument } from './contract-document.ts';

/**
 * Formats that are checked at run time, as patterns: several times cheaper than a parser for each, and strict in what matters.
 * An instant is UTC by contract. Others (email, uri-reference) are documentation; a `uri` brings its own pattern.
 */
const formatPatterns: Readonly<Record<string, string>> = {
  'date-time':
    '^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])T(?:[01]\\d|2[0-3]):[0-5]\\d:(?:[0-5]\\d|60)(?:\\.\\d{1,9})?Z$',
};

/** Keywords that tell people something and check nothing. */
const silent = new Set(['description', 'title', 'examples', 'default', 'deprecated', 'format']);

/** The component schemas as constants that refer to each other, dependencies first, and the table of them by name. */
export function emitSchemas(document: ContractDocument): string {
  const names = dependenciesFirst(document);
  const constants = names.map((name) => `const ${name} = ${literal(document.schemas[name])};`);
  return [
    ...constants,
    `/** The run-time schemas by name: references followed, everything that checks nothing left out. */
export const schemas = { ${Object.keys(document.schemas).join(', ')} };`,
    `/** What a value that fits a schema is. */
export interface Schemas { ${Object.keys(document.schemas)
      .map((name) => `${name}: ${name};`)
      .join(' ')} }`,
    ...openSets(document),
  ].join('\n\n');
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const name = schemaNameOf(value);
  if (name !== undefined) return name;
  const node = asNode(value);
  const pattern = node['pattern'] ?? formatPatterns[String(node['format'])];
  const entries = Object.entries(node).flatMap(([key, item]) => {
    if (silent.has(key) || key === 'pattern' || key.startsWith('x-')) return [];
    return key === 'properties' ? [`properties: ${propertiesLiteral(item)}`] : [`${key}: ${literal(item)}`];
  });
  return `{ ${[...entries, ...(pattern === undefined ? [] : [`pattern: ${JSON.stringify(pattern)}`])].join(', ')} }`;
}

/** A map of names to schemas: here `format` or `title` would be somebody's field, not a keyword. */
const propertiesLiteral = (value: unknown): string =>
  `{ ${Object.entries(asNode(value))
    .map(([name, schema]) => `${JSON.stringify(name)}: ${literal(schema)}`)
    .join(', ')} }`;

function dependenciesFirst(document: ContractDocument): string[] {
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    if (done.has(name)) return;
    if (path.includes(name)) throw new TypeError(`${document.path}: ${[...path, name].join(' -> ')} refers to itself`);
    const references = JSON.stringify(document.schemas[name]).matchAll(/"#\/components\/schemas\/([^"/]+)"/g);
    for (const [, target = ''] of references) visit(target, [...path, name]);
    done.add(name);
  };
  for (const name of Object.keys(document.schemas)) visit(name, []);
  return [...done];
}

/** The values known today of each open set; a mapping is complete when it covers these and has a place for all others. */
const openSets = (document: ContractDocument): string[] =>
  Object.entries(document.schemas).flatMap(([name, schema]) => {
    const values = schema['x-extensible-enum'];
    if (values === undefined) return [];
    const constant = `${name[0]?.toLowerCase()}${name.slice(1)}Values`;
    return [
      `/** Values of \`${name}\` known today; more may come. */\nexport const ${constant} = ${JSON.stringify(values)} as const;`,
    ];
  });
