/** A row that a service sent broken and that was left out of a list, as `extensions.dropped` names it. */
export interface DroppedPart {
  readonly service: string;
  readonly route: string;
  readonly count: number;
}
