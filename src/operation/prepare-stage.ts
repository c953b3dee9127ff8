import type { Decoded } from '../context/request-context.ts';
import { checkVariableLimits } from './limits/variable-limits.ts';
import type { PlannedOperation } from './pipeline.ts';
import type { Prepare } from './prepare.ts';
import type { PreparedOperation } from './prepared.ts';
import { answersRetired, retiredRefusal } from './refuse-retired.ts';

/**
 * Stages 9 and 9b for one request: its operation, prepared, unless the build that asks is retired. That a retired build's document
 * is unknown or no longer fits is no news to anyone; it is told to update whatever it sent. `onRefused` hears of each refusal.
 */
export function createPrepareStage(
  prepare: Prepare,
  unsupportedStatus: 403 | 426,
  onRefused: (context: Decoded) => void,
) {
  return function prepareStage(context: Decoded): PlannedOperation {
    try {
      const prepared =
        context.client.support === 'unsupported'
          ? prepareForRetired(prepare, context, unsupportedStatus)
          : prepare(context);
      checkVariableLimits(context.params.variables);
      context.report.maxCalls = prepare.maxUpstreamCalls;
      context.report.plannedWaves = prepared.waves;
      const planned = context as PlannedOperation;
      planned.prepared = prepared;
      return planned;
    } catch (refusal) {
      onRefused(context);
      throw refusal;
    }
  };
}

function prepareForRetired(prepare: Prepare, context: Decoded, unsupportedStatus: 403 | 426): PreparedOperation {
  let prepared: PreparedOperation | undefined;
  try {
    prepared = prepare(context);
  } catch (cause) {
    context.log.info({ error: cause }, 'a retired build sent what does not run');
  }
  if (prepared && answersRetired(prepared)) return prepared;
  throw retiredRefusal(context.client, unsupportedStatus);
}
