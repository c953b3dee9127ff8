/** A row that a service sent broken and that was left out of a list, as `extensions.dropped` names it. */
export interface DroppedPart {
  readonly service: string;
  readonly route: string;
  readonly count: number;
}

/** The strictest of an answer's parts so far. An answer of no parts (`__typename`, `appStatus`) starts with no limit of its own. */
export interface Reuse {
  /** Seconds that the shortest-lived part stays fresh; 0 once a part must not be kept. */
  maxAgeSeconds: number;
  /** `private` once a part depends on who asks. */
  scope: 'public' | 'private';
  /** Tags of all parts: what makes the whole answer old. */
  readonly tags: Set<string>;
}
