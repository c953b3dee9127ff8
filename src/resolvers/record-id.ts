const patterns = {
  order: /^ord_[A-Za-z0-9]{1,40}$/,
  payment: /^pay_[A-Za-z0-9]{1,40}$/,
  refund: /^ref_[A-Za-z0-9]{1,40}$/,
  user: /^usr_[A-Za-z0-9]{1,40}$/,
} as const;

export type RecordKind = keyof typeof patterns;

/** Ids pass through from the services, which all write them alike. Anything else names nothing, and is not worth a call. */
export function isIdOf(kind: RecordKind, id: string): boolean {
  return patterns[kind].test(id);
}

/** What an id names; undefined when it can't be one. */
export function kindOf(id: string): RecordKind | undefined {
  return (Object.keys(patterns) as RecordKind[]).find((kind) => patterns[kind].test(id));
}
