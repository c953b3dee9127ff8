import { globSync, readFileSync } from 'node:fs';
import {
  buildSchema,
  getNamedType,
  type GraphQLObjectType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
} from 'graphql';

const schema = buildSchema(
  ['shared', 'web']
    .flatMap((folder) => globSync(`schema/${folder}/*.graphql`).toSorted())
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n'),
);

export interface EveryLeaf {
  /** A selection set for the type. */
  readonly query: string;
  readonly leaves: {
    /** `Type.field` of every leaf that the selection reaches. */
    readonly names: ReadonlySet<string>;
    /** Adds those that have a value in an answer. */
    collect(answer: unknown, seen: Set<string>): void;
  };
}

/** Asks for everything that a type leads to, each type once a path, fields of the given names left out. */
export function everyLeaf(typeName: string, { without }: { readonly without: readonly string[] }): EveryLeaf {
  const names = new Set<string>();

  function select(type: GraphQLObjectType, above: readonly string[]): string {
    const fields = Object.values(type.getFields()).flatMap(({ name, type: wrapped }) => {
      if (without.includes(name)) return [];
      const below = getNamedType(wrapped);
      // Two members of one interface may have a field of one name and two types.
      const shown = name === 'status' ? `status${type.name}: status` : name;
      if (isLeafType(below)) {
        names.add(`${type.name}.${name}`);
        return [shown];
      }
      if (above.includes(below.name) || !isCompositeType(below)) return [];
      const path = [...above, below.name];
      if (!isInterfaceType(below)) return [`${shown} ${select(below as GraphQLObjectType, path)}`];
      const members = schema.getPossibleTypes(below).map((member) => `... on ${member.name} ${select(member, path)}`);
      return [`${shown} { ${members.join(' ')} }`];
    });
    return `{ __typename ${fields.join(' ')} }`;
  }

  const query = select(schema.getType(typeName) as GraphQLObjectType, [typeName]);

  function collect(answer: unknown, seen: Set<string>): void {
    if (Array.isArray(answer)) for (const item of answer) collect(item, seen);
    if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return;
    const type = (answer as Record<string, unknown>)['__typename'];
    for (const [shown, value] of Object.entries(answer)) {
      const name = shown.startsWith('status') ? 'status' : shown;
      const sample: unknown = Array.isArray(value) ? value[0] : value;
      if (sample !== null && sample !== undefined && typeof sample !== 'object') seen.add(`${String(type)}.${name}`);
      else collect(value, seen);
    }
  }

  return { query, leaves: { names, collect } };
}
