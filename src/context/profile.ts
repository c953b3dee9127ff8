/**
 * What one client's process is: data and nothing else. The core asks these neutral questions and never which client it is.
 */
export interface Profile {
  /** Names the process in logs, metrics, the registry and the configuration's `listeners`. */
  readonly name: string;
  /** SDL folders below `schema/`, later ones extend earlier ones. */
  readonly schemaFolders: readonly string[];
  /** Folder of registered operations below `schema/operations/`. */
  readonly operationsFolder: string;
  readonly credentials: {
    readonly bearer: boolean;
    readonly apiKey: boolean;
    readonly session: boolean;
    /** May a caller without a credential ask anything at all? What it may ask is said by the permissions. */
    readonly anonymous: boolean;
  };
  /** `required`: a request must carry a header that a cross-site form cannot set. */
  readonly csrf: 'required' | 'off';
  /** `configured`: origins from the configuration may call with credentials; `off`: no browser is expected. */
  readonly cors: 'configured' | 'off';
  /** Queries by GET, for caches on the way. Mutations by GET are always refused. */
  readonly get: boolean;
  readonly limits: OperationLimits;
  /** Milliseconds for the whole answer. A client may lower them, never raise them. */
  readonly deadline: { readonly queryMs: number; readonly mutationMs: number };
  /** Language and time zone of texts when neither header nor token names one. */
  readonly defaultLocale: { readonly language: string; readonly timeZone: string };
}

/** Bounds on one operation. Each is checked before anything that it protects. */
export interface OperationLimits {
  /** Bytes of the request body. */
  readonly maxBodyBytes: number;
  /** Lexical tokens of the document. */
  readonly maxTokens: number;
  /** Nested selection sets, fragments expanded. */
  readonly maxDepth: number;
  readonly maxAliases: number;
  readonly maxRootFields: number;
  readonly maxDirectives: number;
  /** Greatest list size that an argument may ask for. */
  readonly maxListSize: number;
  /** Static cost with this request's variables. */
  readonly maxCost: number;
  /** Worst-case calls to services. */
  readonly maxUpstreamCalls: number;
}
