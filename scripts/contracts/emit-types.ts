import { compile } from 'json-schema-to-typescript';
import { asList, type ContractDocument, type Node } from './contract-document.ts';

/**
 * TypeScript types for every component schema, names and spelling as on the wire. An open set of values becomes a union that
 * editors complete and any other string still fits.
 */
export async function emitTypes(document: ContractDocument): Promise<string> {
  const definitions = Object.fromEntries(
    Object.entries(document.schemas).map(([name, schema]) => [name, forTypes(schema)]),
  );
  const code = await compile({ $defs: definitions, type: 'object', additionalProperties: false }, 'ContractRoot', {
    additionalProperties: false,
    bannerComment: '',
    format: false,
    unreachableDefinitions: true,
  });
  // The emitter explains where a definition was found; here all are found in one place.
  return code
    .replace(/export interface ContractRoot \{\s*\}\n?/, '')
    .replace(
      /(?: \* ?\n)? \* This interface was referenced by `ContractRoot`'s JSON-Schema\n \* via the `definition` "[^"]+"\.\n/g,
      '',
    )
    .replaceAll('/**\n */\n', '');
}

/** The schema as the type emitter wants it: local definitions, open sets as a TypeScript type, no sizes (they are not types). */
function forTypes(value: unknown): Node {
  return JSON.parse(
    JSON.stringify(value, (key, node: unknown) => {
      if (key === 'maxItems' || key === 'minItems' || key === 'examples') return undefined;
      if (typeof node !== 'object' || node === null || !('x-extensible-enum' in node)) return node;
      const known = asList(node['x-extensible-enum']).map((item) => JSON.stringify(item));
      return { ...node, 'x-extensible-enum': undefined, tsType: `${known.join(' | ')} | (string & {})` };
    }).replaceAll('#/components/schemas/', '#/$defs/'),
  ) as Node;
}
