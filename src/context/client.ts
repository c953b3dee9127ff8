/** The app that asks, by its own word (`apollographql-client-name/-version`): good for support and metrics, not for trust. */
export interface ClientInfo {
  /** A name from the configuration's `clients`, or `unknown`: bounded, so it may be a metric label. */
  readonly name: string;
  /** The version as sent when it is well formed, else empty. */
  readonly version: string;
  /** Did the request carry both headers at all? */
  readonly isIdentified: boolean;
  readonly support: 'supported' | 'update_recommended' | 'unsupported';
  /** For people, when there is something to say about the version. */
  readonly message?: string;
  /** Where to update, when there is something to do. */
  readonly storeUrl?: string;
  /** The least version that is still answered, when this one is not. */
  readonly minimumVersion?: string;
}

export const unknownClient: ClientInfo = Object.freeze({
  name: 'unknown',
  version: '',
  isIdentified: false,
  support: 'supported',
});
