import type { DemoSecrets } from './demo-secrets.ts';

/** A port a child listens on: the variable that moves it, and where it is unless moved. */
export interface PortSpec {
  readonly variable: string;
  readonly defaultPort: number;
}

/** Every port of the demo by its variable's name, as resolved. */
export type Ports = Readonly<Record<string, number>>;

/** What a child is told beside the ports. */
export interface ChildSetting extends DemoSecrets {
  readonly ports: Ports;
  readonly dataDir: string;
}

/** One process of the demo, as data. */
export interface ChildSpec {
  /** Short and public: the name on the screen, in the control API and of the log file. */
  readonly name: string;
  /** For sentences: "the user service". */
  readonly title: string;
  /** Only services take faults; gateways stop first, so that what is in flight can still be answered. */
  readonly kind: 'service' | 'gateway' | 'support';
  /** Path from the repository's root. */
  readonly entry: string;
  /** A service's OpenAPI file in schema/upstreams: its operations are what faults are aimed at. */
  readonly contract?: string;
  /** The first is where it serves. */
  readonly ports: readonly [PortSpec, ...PortSpec[]];
  /** Answers 2xx once the process can serve. */
  readyUrl(ports: Ports): string;
  environment(setting: ChildSetting): Readonly<Record<string, string>>;
}
