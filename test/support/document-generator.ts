import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** An operation as a client could write it, and variables that fit, or nearly. */
export interface GeneratedOperation {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const maxDepth = 5;

/**
 * Writes operations over a schema by chance: arguments as literals or variables, given or left out, aliases, fragments inline and by
 * name, conditions with literals and variables. Some variables have values that do not fit.
 */
export function generateOperation(schema: GraphQLSchema, random: () => number): GeneratedOperation {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const definitions: string[] = [];
  const variables: Record<string, unknown> = {};
  const fragments: string[] = [];
  let names = 0;
  let aliases = 0;

  function declare(type: string, value: unknown, fallback?: string): string {
    const name = `v${names++}`;
    definitions.push(`$${name}: ${type}${fallback === undefined ? '' : ` = ${fallback}`}`);
    const chance = random();
    if (chance < 0.8 || (type.endsWith('!') && fallback === undefined && chance < 0.95)) variables[name] = value;
    else if (chance > 0.97) variables[name] = { not: 'this' };
    else if (chance > 0.95) variables[name] = null;
    return `$${name}`;
  }

  function inputOf(type: GraphQLInputType, depth: number): unknown {
    if (isNonNullType(type)) return inputOf(type.ofType, depth);
    if (isListType(type)) return [inputOf(type.ofType, depth)];
    if (isEnumType(type)) return pick(type.getValues()).name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields());
      const given = type.isOneOf
        ? [pick(fields)]
        : fields.filter((field) => isNonNullType(field.type) || (depth < 2 && random() < 0.4));
      return Object.fromEntries(given.map((field) => [field.name, inputOf(field.type, depth + 1)]));
    }
    if (type.name === 'Int') return Math.floor(random() * 10) + 1;
    if (type.name === 'Float') return random();
    if (type.name === 'Boolean') return random() < 0.5;
    return `t${Math.floor(random() * 10)}`;
  }

  function literal(value: unknown, type: GraphQLInputType): string {
    if (isNonNullType(type)) return literal(value, type.ofType);
    if (isListType(type) && Array.isArray(value))
      return `[${value.map((item) => literal(item, type.ofType)).join(', ')}]`;
    if (isEnumType(type)) return String(value);
    if (isInputObjectType(type)) {
      const entries = Object.entries(value as Record<string, unknown>).map(([key, item]) => {
        const field = type.getFields()[key]!;
        const inside = random() < 0.3 ? declare(String(field.type), item) : literal(item, field.type);
        return `${key}: ${inside}`;
      });
      return `{ ${entries.join(', ')} }`;
    }
    return JSON.stringify(value);
  }

  function argumentsOf(args: readonly GraphQLArgument[]): string {
    const given = args.flatMap((argument) => {
      const isRequired = isNonNullType(argument.type) && argument.defaultValue === undefined;
      if (!isRequired && random() < 0.5) return [];
      const value = inputOf(argument.type, 0);
      if (random() < 0.5) return [`${argument.name}: ${literal(value, argument.type)}`];
      const nullable = isNonNullType(argument.type) ? argument.type.ofType : argument.type;
      const scalar = !isInputObjectType(getNamedType(argument.type)) && !isListType(nullable);
      const isDefaulted = scalar && random() < 0.3;
      const type = isDefaulted ? String(nullable) : String(argument.type);
      return [`${argument.name}: ${declare(type, value, isDefaulted ? literal(value, argument.type) : undefined)}`];
    });
    return given.length > 0 ? `(${given.join(', ')})` : '';
  }

  function condition(): string {
    const chance = random();
    if (chance > 0.15) return '';
    const word = random() < 0.5 ? 'skip' : 'include';
    const value = chance < 0.03 ? String(random() < 0.5) : declare('Boolean!', random() < 0.5);
    return ` @${word}(if: ${value})`;
  }

  function fieldsOf(type: GraphQLObjectType, depth: number): string {
    const fields = Object.values(type.getFields()).filter(
      (field) => depth < maxDepth || !isCompositeType(getNamedType(field.type)),
    );
    if (fields.length === 0) return '__typename';
    const wanted = Math.min(fields.length, 1 + Math.floor(random() * 4));
    return Array.from({ length: wanted }, () => pick(fields))
      .map((field) => {
        const below = getNamedType(field.type);
        // Always an alias, so that two uses of one field with other arguments don't get in each other's way.
        const alias = `a${aliases++}`;
        const set = isCompositeType(below) ? ` { ${selectionOf(below.name, depth + 1)} }` : '';
        return `${alias}: ${field.name}${argumentsOf(field.args)}${condition()}${set}`;
      })
      .join(' ');
  }

  function selectionOf(typeName: string, depth: number): string {
    const type = schema.getType(typeName);
    if (isObjectType(type)) {
      const own = fieldsOf(type, depth);
      if (random() > 0.2) return own;
      const name = `F${fragments.length}`;
      fragments.push(`fragment ${name} on ${type.name} { ${own} }`);
      return `...${name}${condition()} __typename${random() < 0.3 ? ` ...${name}` : ''}`;
    }
    if (!isAbstractType(type)) throw new Error(`${typeName} has no fields`);
    const members = schema.getPossibleTypes(type).filter(() => random() < 0.6);
    return [
      '__typename',
      ...members.map((member) => `... on ${member.name}${condition()} { ${fieldsOf(member, depth)} }`),
    ].join(' ');
  }

  const mutation = schema.getMutationType();
  const isQuery = !mutation || random() < 0.8;
  const root = isQuery ? schema.getQueryType()! : mutation;
  const body = fieldsOf(root, 0);
  const head = `${isQuery ? 'query' : 'mutation'} Generated${definitions.length > 0 ? `(${definitions.join(', ')})` : ''}`;
  return { text: [`${head} { ${body} }`, ...fragments].join('\n'), variables };
}
