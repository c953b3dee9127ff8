import { schemaCheck, type JsonSchema, type Mismatch, type SchemaCheck } from './schema-check.ts';

type SchemasByService<Types> = {
  readonly [Service in keyof Types]: Readonly<Record<keyof Types[Service], JsonSchema>>;
};

/** Run-time checks for every named schema of every service, each compiled on first use and kept. */
export interface ContractChecks<Types> {
  /** The check of a named schema. Throws at once, not at the first value, when there is no such schema. */
  readonly validatorFor: {
    <Service extends keyof Types, Name extends keyof Types[Service]>(
      service: Service,
      schemaName: Name,
    ): (value: unknown) => value is Types[Service][Name];
    (service: string, schemaName: string): (value: unknown) => boolean;
  };
  /** What keeps a value from fitting: at most eight faults, the first in the schema's own order; empty when it fits. */
  readonly errorsOf: (service: string, schemaName: string, value: unknown) => readonly Mismatch[];
}

/** Joins the schemas of services, by service and schema name, into one place to ask. `Types` says what a fitting value is. */
export function contractChecks<Types>(schemas: SchemasByService<Types>): ContractChecks<Types> {
  const checks = new Map<string, SchemaCheck>(
    Object.entries<Readonly<Record<string, JsonSchema>>>(schemas).flatMap(([service, named]) =>
      Object.entries(named).map(([name, schema]) => [`${service}/${name}`, schemaCheck(schema)] as const),
    ),
  );
  const checkFor = (service: string, schemaName: string): SchemaCheck => {
    const check = checks.get(`${service}/${schemaName}`);
    if (check === undefined) throw new TypeError(`The contract of "${service}" has no schema "${schemaName}"`);
    return check;
  };
  return {
    validatorFor: (service: PropertyKey, schemaName: PropertyKey) =>
      checkFor(String(service), String(schemaName)).fits as (value: unknown) => value is never,
    errorsOf: (service, schemaName, value) => checkFor(service, schemaName).mismatches(value),
  };
}
