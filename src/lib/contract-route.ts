/** One operation of a service's REST contract, as far as a caller needs it to build a request and judge the answer. */
export interface ContractRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path template with `{name}` for each path parameter. */
  readonly path: string;
  /** A read: may be cached, shared, mirrored and repeated at will. */
  readonly safe: boolean;
  /** Needs the service credential and the identity headers. */
  readonly authenticated: boolean;
  /** An `Idempotency-Key` must be sent. */
  readonly idempotencyKey: boolean;
  /** Whether `If-Match` is taken, and insisted on. */
  readonly ifMatch: 'none' | 'optional' | 'required';
  /** Answers a known `If-None-Match` with 304. */
  readonly ifNoneMatch: boolean;
  /** Query parameters and how each is written: once, as comma separated values, or repeated for each value. */
  readonly query: Readonly<Record<string, 'single' | 'csv' | 'repeat'>>;
  readonly request: { readonly schema: string; readonly mediaType: string; readonly required: boolean } | null;
  /** Name of the body's schema for each documented 2xx and 3xx; `null` where there is no JSON body. */
  readonly responses: Readonly<Record<number, string | null>>;
  /** Where the 200 body is a page or a batch: the field with the rows, and a row's schema. Lets one bad row go, not the page. */
  readonly rows: { readonly field: string; readonly schema: string } | null;
}
