import { tooComplex } from './too-complex.ts';

/** The largest input of either schema has a dozen values, three deep; a payment token has some 8 000 characters. */
export const maxVariableDepth = 10;
export const maxVariableValues = 1_000;
export const maxVariableTextLength = 16_384;

/**
 * Bounds the variables of one request before anything walks them: how deep they are nested, how many values (and keys) there are, how
 * long a text is. Throws `OPERATION_TOO_COMPLEX`; a value that does not fit its type is left to coercion.
 */
export function checkVariableLimits(variables: Readonly<Record<string, unknown>> | undefined): void {
  if (variables !== undefined) countValues(variables, 0, 1);
}

function countValues(value: unknown, count: number, depth: number): number {
  let total = count + 1;
  if (total > maxVariableValues)
    throw tooComplex('variableValues', maxVariableValues, `Variables may hold at most ${maxVariableValues} values.`);
  if (typeof value === 'string') {
    if (value.length > maxVariableTextLength) throw tooLong();
  } else if (typeof value === 'object' && value !== null) {
    if (depth > maxVariableDepth)
      throw tooComplex('variableDepth', maxVariableDepth, `Variables may be nested at most ${maxVariableDepth} deep.`);
    if (Array.isArray(value)) for (const item of value) total = countValues(item, total, depth + 1);
    else {
      for (const key in value) {
        if (key.length > maxVariableTextLength) throw tooLong();
        total = countValues((value as Record<string, unknown>)[key], total, depth + 1);
      }
    }
  }
  return total;
}

function tooLong(): Error {
  return tooComplex(
    'variableTextLength',
    maxVariableTextLength,
    `A text in the variables may have at most ${maxVariableTextLength} characters.`,
  );
}
