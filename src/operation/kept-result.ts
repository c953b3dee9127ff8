import type { ExecutionResult } from 'graphql';
import type { Answer } from './pipeline.ts';

type Data = NonNullable<ExecutionResult['data']>;

/** A result of which there are only the bytes: it was made for another request. */
export class KeptResult implements ExecutionResult {
  readonly #body: Buffer;

  constructor(body: Buffer) {
    this.#body = body;
  }

  /** Read back each time: hardly anybody asks. */
  get data(): Data {
    return (JSON.parse(this.#body.toString()) as { readonly data: Data }).data;
  }

  toAnswer(): Answer {
    return new KeptAnswer(this);
  }
}

class KeptAnswer implements Answer {
  readonly errors = undefined;
  readonly refusal = undefined;
  readonly #result: KeptResult;

  constructor(result: KeptResult) {
    this.#result = result;
  }

  get data(): Data {
    return this.#result.data;
  }
}
