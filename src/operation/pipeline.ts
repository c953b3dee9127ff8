import type { ExecutionResult, GraphQLFormattedError } from 'graphql';
import type { Charged, Decoded, Planned } from '../context/request-context.ts';
import { type ErrorCode, isErrorCode } from '../errors/codes.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { PreparedOperation } from './prepared.ts';

export type PlannedOperation = Planned<PreparedOperation>;
export type ChargedOperation = Charged<PreparedOperation>;

/** What an operation came to: the parts of a GraphQL response, errors in their final shape. */
export interface Answer {
  readonly data: ExecutionResult['data'] | undefined;
  readonly errors: readonly GraphQLFormattedError[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** The code when the whole operation was refused, by variables that do not fit. */
  readonly refusal: ErrorCode | undefined;
}

/** The stages of an operation, each a plain function that knows neither HTTP nor Apollo. */
export interface OperationStages {
  prepare(context: Decoded): PlannedOperation;
  charge(context: PlannedOperation): ChargedOperation | Promise<ChargedOperation>;
  authorize(context: ChargedOperation): void;
  /** Gives an equal request's answer, or the one that `execute` comes to. */
  share(context: ChargedOperation, execute: Execute): Promise<ExecutionResult>;
  execute: Execute;
}

export type Execute = (context: ChargedOperation) => ExecutionResult | Promise<ExecutionResult>;

/**
 * The ordered list of what happens to a GraphQL document. `admit` and `execute` are what Apollo Server is mounted over.
 *
 * |  # | stage     | why here |
 * |----|-----------|----------|
 * |  9 | prepare   | everything static, once per document; whoever comes later looks up |
 * | 9b | refuse    | a retired build may ask for `appStatus` only, and only the document says what it asks |
 * | 10 | charge    | needs the variables; before authorize, so that probing is paid for |
 * | 11 | authorize | before anything is fetched |
 * | 12 | share     | the caller is known to be allowed; an equal answer costs no execution |
 * | 13 | execute   | loaders and the way out |
 */
export function operationPipeline(stages: OperationStages) {
  return {
    prepare: (context: Decoded): PlannedOperation => stages.prepare(context),
    async admit(context: PlannedOperation): Promise<void> {
      const { journey } = context;
      journey.enter('charge');
      const charged = await stages.charge(context);
      journey.enter('authorize');
      stages.authorize(charged);
      journey.enter('execute');
    },
    execute: (context: ChargedOperation): Promise<ExecutionResult> => stages.share(context, stages.execute),
  };
}

export type OperationPipeline = ReturnType<typeof operationPipeline>;

/** GraphQL specification §7.1: without `data` the request itself failed; its first code says why. */
export function toAnswer(result: { data?: ExecutionResult['data']; errors?: readonly object[] }): Answer {
  const errors = result.errors as readonly GraphQLFormattedError[] | undefined;
  if (result.data !== undefined) return { data: result.data, errors, refusal: undefined };
  const code = errors?.[0]?.extensions?.['code'];
  if (!isErrorCode(code))
    throw new GatewayError('INTERNAL_SERVER_ERROR', { context: { result: 'without data and errors' } });
  return { data: undefined, errors, refusal: code };
}

/** The answer with one more thing told beside it. */
export function withExtension(answer: Answer, added: Readonly<Record<string, unknown>>): Answer {
  const { data, errors, refusal, extensions } = answer;
  return { data, errors, refusal, extensions: { ...extensions, ...added } };
}
