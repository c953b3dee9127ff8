import {
  getNamedType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
} from 'graphql';

/**
 * A Mermaid flowchart of what can be reached from `Query`: one arrow from a type to the next with the fields that lead there. Connections are
 * drawn as what they hold, interfaces with a dotted arrow to what implements them, values (types that lead nowhere and have no id) not at all.
 */
export function typeDiagram(schema: GraphQLSchema): string {
  const arrows = new Map<string, string[]>();
  const seen = new Set<GraphQLNamedType>();
  const visit = (type: GraphQLNamedType): void => {
    if (seen.has(type) || !(isObjectType(type) || isInterfaceType(type))) return;
    seen.add(type);
    for (const field of Object.values(type.getFields())) {
      const target = itemOf(getNamedType(field.type));
      if (!(isObjectType(target) || isInterfaceType(target)) || isValue(target)) continue;
      const key = `${type.name} ${target.name}`;
      arrows.set(key, [...(arrows.get(key) ?? []), field.name]);
      visit(target);
    }
    if (!isInterfaceType(type) || type.name === 'Node') return;
    for (const one of schema.getPossibleTypes(type)) {
      arrows.set(`${type.name} ${one.name}`, []);
      visit(one);
    }
  };
  const query = schema.getQueryType();
  if (query) visit(query);
  const lines = [...arrows].map(([key, fields]) => {
    const [from, to] = key.split(' ');
    return fields.length > 0 ? `  ${from} -->|${label(fields)}| ${to}` : `  ${from} -.-> ${to}`;
  });
  return ['flowchart LR', ...lines].join('\n');
}

/** A connection's items instead of the connection. */
function itemOf(type: GraphQLNamedType): GraphQLNamedType {
  if (!isObjectType(type) || !type.name.endsWith('Connection')) return type;
  const edge = fieldType(type, 'edges');
  return (isObjectType(edge) && fieldType(edge, 'node')) || type;
}

function fieldType(type: GraphQLObjectType, name: string): GraphQLNamedType | undefined {
  const field = type.getFields()[name];
  return field && getNamedType(field.type);
}

function isValue(type: GraphQLNamedType): boolean {
  if (!isObjectType(type)) return false;
  const fields = Object.values(type.getFields());
  return !type.getFields()['id'] && fields.every(({ type: one }) => !isObjectType(getNamedType(one)));
}

function label(fields: readonly string[]): string {
  return fields.length > 3 ? `${fields.slice(0, 2).join(', ')} and ${fields.length - 2} more` : fields.join(', ');
}
