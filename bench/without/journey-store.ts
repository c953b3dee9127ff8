/** No journey is kept. */
import { JourneyStore as Whole } from '../../src/telemetry/journey-store.ts';

export type * from '../../src/telemetry/journey-store.ts';

export class JourneyStore extends Whole {
  override offer(): void {}
}
