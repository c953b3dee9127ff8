/** The app's own scheme: such a link opens one of its screens and nothing else. */
const scheme = 'facet://';

/** Screens that a text can lead to. */
export type OrderScreen = 'pay' | 'track' | 'cancel' | 'reorder' | 'refund';

/** The screen of the app that does something with an order. */
export function orderLink(orderId: string, screen: OrderScreen): string {
  return `${scheme}orders/${encodeURIComponent(orderId)}/${screen}`;
}
