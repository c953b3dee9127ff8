/** The app that asks, by its own word (`apollographql-client-name/-version`): good for support and metrics, not for trust. */
export interface ClientInfo {
  /** A name from the configuration's `clients`, or `unknown`: bounded, so it may be a metric label. */
  readonly name: string;
  /** The version as sent when it is well formed, else empty. */
  readonly version: string;
  readonly support: 'supported' | 'update_recommended' | 'unsupported';
}

export const unknownClient: ClientInfo = Object.freeze({ name: 'unknown', version: '', support: 'supported' });
