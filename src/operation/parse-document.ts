import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, Source, validate } from 'graphql';
import type { OperationLimits } from '../context/profile.ts';
import { type ErrorIssue, GatewayError } from '../errors/gateway-error.ts';
import { checkDocumentLimits } from './limits/document-limits.ts';
import { checkLexicalLimits } from './limits/lexical-limits.ts';
import { documentRules } from './rules/document-rules.ts';

export interface ParsedDocument {
  readonly document: DocumentNode;
  readonly tokens: number;
}

/** Complaints shown for one document; the rest helps nobody. */
const maxErrors = 20;

/**
 * A document's text as a validated tree. Each step is safe on whatever the one before it lets pass: the lexer alone, the parser, the
 * limits with fragments expanded, and only then validation.
 *
 * Throws `OPERATION_TOO_COMPLEX`, `GRAPHQL_PARSE_FAILED` or `GRAPHQL_VALIDATION_FAILED`.
 */
export function createParser(schema: GraphQLSchema, limits: OperationLimits, isProduction: boolean) {
  const rules = documentRules({ introspection: !isProduction });

  return function parseDocument(text: string): ParsedDocument {
    const { document, tokens } = parseText(text, limits.maxTokens);
    checkDocumentLimits(document, limits);
    // In production nobody learns by guessing what else the schema has.
    const errors = validate(schema, document, rules, { maxErrors, hideSuggestions: isProduction });
    if (errors.length > 0) throw new GatewayError('GRAPHQL_VALIDATION_FAILED', { issues: errors.map(toIssue) });
    return { document, tokens };
  };
}

function parseText(text: string, maxTokens: number): ParsedDocument {
  try {
    const source = new Source(text, 'document');
    const tokens = checkLexicalLimits(source, maxTokens);
    return { document: parse(source, { maxTokens }), tokens };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new GatewayError('GRAPHQL_PARSE_FAILED', { issues: [toIssue(error)] });
  }
}

function toIssue(error: GraphQLError): ErrorIssue {
  return { message: error.message, ...(error.locations && { locations: error.locations }) };
}
