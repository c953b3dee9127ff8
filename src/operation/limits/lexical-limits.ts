import { Lexer, type Source, TokenKind } from 'graphql';
import { tooComplex } from './too-complex.ts';

/**
 * Brackets within brackets of a document's text. The parser and several validation rules call themselves once for each, and a
 * stack that overflows is no way to refuse; the deepest registered operation has ten.
 */
export const maxNesting = 64;

/** Characters of one name. Aliases become keys of the answer and parts of every error's path: a long one would be repeated at length. */
export const maxNameLength = 256;

const opening: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/**
 * Counts tokens and nesting and measures names with the lexer alone, which neither recurses nor builds a tree: what is too large or
 * too deep is refused before the parser sees it. Returns the number of tokens; throws `OPERATION_TOO_COMPLEX`, or graphql-js's syntax error.
 */
export function checkLexicalLimits(source: Source, maxTokens: number): number {
  const lexer = new Lexer(source);
  let tokens = 0;
  let nesting = 0;
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    const { kind, start, end } = token;
    tokens += 1;
    if (tokens > maxTokens) throw tooComplex('tokens', maxTokens, `A document may have at most ${maxTokens} tokens.`);
    if (kind === TokenKind.NAME && end - start > maxNameLength)
      throw tooComplex('nameLength', maxNameLength, `A name may have at most ${maxNameLength} characters.`);
    if (opening.has(kind)) nesting += 1;
    else if (closing.has(kind)) nesting -= 1;
    if (nesting > maxNesting)
      throw tooComplex('nesting', maxNesting, `Brackets may be nested at most ${maxNesting} deep.`);
  }
  return tokens;
}
