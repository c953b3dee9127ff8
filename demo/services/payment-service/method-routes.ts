import type { Database } from '../kit/database.ts';
import { readQuery } from '../kit/query-reader.ts';
import type { Route } from '../kit/router.ts';
import { pageOfList, pageParameters, readPage } from './id-paging.ts';
import type { PaymentMethodSnapshot } from './payment-records.ts';

interface PaymentMethod extends PaymentMethodSnapshot {
  id: string;
  is_default: boolean;
  label: string;
}

const noStore = { 'Cache-Control': 'no-store' };

/** What a customer saved to pay with. */
export function methodRoutes(database: Database): Route[] {
  return [
    {
      operation: 'listPaymentMethods',
      method: 'GET',
      path: '/v1/customers/{id}/payment-methods',
      query: pageParameters,
      handle({ params, query }) {
        const reader = readQuery(query);
        const page = readPage(reader, { max: 100, fallback: 25 });
        reader.finish();
        return { status: 200, headers: noStore, body: pageOfList(methodsOf(database, params['id']!), page) };
      },
    },
    {
      operation: 'deletePaymentMethod',
      method: 'DELETE',
      path: '/v1/customers/{id}/payment-methods/{pmId}',
      handle({ params }) {
        const customerId = params['id']!;
        database.sql('DELETE FROM payment_methods WHERE id = ? AND customer_id = ?').run(params['pmId']!, customerId);
        const [first] = methodsOf(database, customerId);
        if (first !== undefined && !first.is_default) {
          database.sql('UPDATE payment_methods SET is_default = 1 WHERE id = ?').run(first.id);
        }
        return { status: 204 };
      },
    },
  ];
}

/** The default first, then the newest first. */
function methodsOf(database: Database, customerId: string): PaymentMethod[] {
  return database
    .sql('SELECT * FROM payment_methods WHERE customer_id = ? ORDER BY is_default DESC, position')
    .all(customerId)
    .map((row) => {
      const snapshot: PaymentMethodSnapshot = JSON.parse(String(row['snapshot']));
      const own = { id: String(row['id']), is_default: row['is_default'] === 1, label: String(row['label']) };
      return Object.assign(own, snapshot);
    });
}
