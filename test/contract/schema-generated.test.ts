import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isEnumType } from 'graphql';
import * as states from '../../src/domain/states.ts';
import { readClientSchemas } from '../../src/operation/contract/client-schema.ts';
import { ownTypes } from '../../src/operation/contract/schema-walk.ts';
import { readOperationFiles } from '../../src/operation/registry/operation-files.ts';
import { documentIdOf } from '../../src/operation/registry/registered-operation.ts';

const clients = readClientSchemas('.');

test("the domain's words for states are the values of the schemas' enums", () => {
  const compared = Object.entries({
    OrderStatus: states.orderStatuses,
    PaymentState: states.paymentStates,
    FulfillmentState: states.fulfillmentStates,
    PaymentStatus: states.paymentStatuses,
    RefundStatus: states.refundStatuses,
    RefundReason: states.refundReasons,
    OrderCancelReason: states.orderCancelReasons,
    ShipmentState: states.shipmentStates,
    UserStatus: states.userStatuses,
    OrderAction: states.orderActions,
  }).flatMap(([name, words]) =>
    clients.map(({ schema }) => {
      const type = schema.getType(name);
      if (!isEnumType(type)) return 0;
      assert.deepEqual(
        type.getValues().map((value) => value.name),
        words,
        name,
      );
      return 1;
    }),
  );
  assert.equal(compared.filter(Boolean).length, 10);
});

for (const { client } of clients) {
  test(`the ${client} client's manifest has every operation of every version under the hash of its text`, () => {
    const file = `clients/${client}/generated/persisted-documents.json`;
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    for (const [id, text] of Object.entries(manifest)) assert.equal(documentIdOf(text), id);
    const expected = new Set(readOperationFiles('.', client).map(({ documentId }) => documentId));
    assert.deepEqual(new Set(Object.keys(manifest)), expected);
  });

  test(`the ${client} client's typed documents carry ids that its manifest has`, async () => {
    const documents = (await import(`../../clients/${client}/generated/graphql.ts`)) as Record<string, unknown>;
    const newest = readOperationFiles('.', client).filter(({ version }) => version === '1.0.0');
    for (const { name, documentId } of newest) {
      const document = documents[`${name}Document`] as { __meta__: { documentId: string } };
      assert.equal(document.__meta__.documentId, documentId, name);
    }
  });
}

for (const { client, schema } of clients) {
  test(`the ${client} page describes every type of the schema and leads nowhere that is not on it`, () => {
    const page = readFileSync(`docs/schema/${client}.md`, 'utf8');
    const anchors = new Set(
      [...page.matchAll(/^#+ (\w+)$|<a id="(\w+)">/gm)].map(([, heading, id]) => (heading ?? id ?? '').toLowerCase()),
    );
    for (const { name } of ownTypes(schema)) assert.ok(anchors.has(name.toLowerCase()), `${name} is missing`);
    for (const [, target = ''] of page.matchAll(/\]\(#(\w+)\)/g))
      assert.ok(anchors.has(target), `#${target} leads nowhere`);
  });
}
