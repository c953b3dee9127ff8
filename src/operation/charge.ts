import type { Principal } from '../context/principal.ts';
import type { Decoded } from '../context/request-context.ts';
import type { Quota } from '../context/quota.ts';
import type { Gate } from '../context/report-only.ts';
import type { GatewayError } from '../errors/gateway-error.ts';
import { consumerOf } from '../rate-limit/keys.ts';
import { countObjects } from './cost/count-objects.ts';
import { tooComplex } from './limits/too-complex.ts';
import { type Answer, type ChargedOperation, type PlannedOperation, withExtension } from './pipeline.ts';

/** What charging needs of the limiter. */
export interface ChargeLimiter {
  /** Do limits count in Redis at present? */
  readonly isShared: boolean;
  /** Never rejects. */
  charge(request: {
    readonly consumer: string;
    readonly tier: string;
    readonly operationName: string | undefined;
    readonly cost: number;
  }): Promise<{ readonly quotas: readonly Quota[]; readonly refusal: GatewayError | undefined }>;
  settle(settlement: {
    readonly consumer: string;
    readonly estimate: number;
    readonly actual: number;
    readonly base: number;
  }): void;
}

export interface ChargeOptions {
  readonly limiter: ChargeLimiter;
  /** The most that one operation may cost. */
  readonly maxCost: number;
  /** Refuses, or in a trial run only reports. */
  readonly gate: Gate;
}

/** Cost units of a document that is refused: as much as a mutation. */
const refusedCost = 10;

/** Stage 10 and its other half: charge by the estimate before anything is fetched, settle by what was returned. */
export function createCharge({ limiter, maxCost, gate }: ChargeOptions) {
  return {
    /** Throws `OPERATION_TOO_COMPLEX`, for everyone alike, or `RATE_LIMITED`. */
    async charge(context: PlannedOperation): Promise<ChargedOperation> {
      const { prepared, principal, params, journey } = context;
      const cost = prepared.cost.estimate(params.variables);
      if (cost > maxCost)
        throw tooComplex('cost', maxCost, `The operation costs ${cost} units; at most ${maxCost} are allowed.`, {
          cost,
          maxCost,
        });
      const { isShared } = limiter;
      const { quotas, refusal } = await limiter.charge({
        consumer: consumerOfContext(context),
        tier: principal.tier,
        operationName: prepared.operation.name?.value,
        cost,
      });
      if (isShared) {
        const { enteredAt: startedAt } = journey;
        journey.add({ kind: 'redis', name: 'limits.charge', startedAt, endedAt: journey.now(), outcome: 'ok' });
      }
      if (refusal) gate.refuse(refusal, context);
      const charged = context as ChargedOperation;
      charged.cost = cost;
      charged.quotas = quotas;
      return charged;
    },

    /**
     * Counts a request whose document was refused: looking at a bad document costs more than looking a good one up, so it must not be
     * free. Nobody waits for it; who does it often is refused before the next document is read.
     */
    chargeRefused(context: Decoded): void {
      const consumer = consumerOfContext(context);
      void limiter.charge({ consumer, tier: context.principal.tier, operationName: undefined, cost: refusedCost });
    },

    /**
     * Gives back what was not used. A caller that sends `extensions: {"cost": true}` finds `extensions.cost` in the answer: `estimate`,
     * `actual`, and what `remaining` of its budget there was after the charge.
     */
    settle(planned: PlannedOperation, answer: Answer): Answer {
      const context = planned as ChargedOperation; // an answer exists only after `charge`
      const { base } = context.prepared.cost;
      const actual = Math.max(base, context.objects ?? countObjects(answer.data));
      limiter.settle({ consumer: consumerOfContext(context), estimate: context.cost, actual, base });
      if (context.params.extensions?.['cost'] !== true) return answer;
      const remaining = context.quotas.find(({ name }) => name === 'cost')?.remaining;
      const cost = { estimate: context.cost, actual, ...(remaining !== undefined && { remaining }) };
      return withExtension(answer, { cost });
    },
  };
}

function consumerOfContext({
  principal,
  client,
  address,
}: {
  readonly principal: Principal;
  readonly client: { readonly name: string };
  readonly address: string;
}): string {
  return consumerOf(principal, client.name, address);
}
