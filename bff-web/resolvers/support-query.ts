import { badInput } from '../../src/resolvers/bad-input.ts';
import { type Selection, usesBelow } from '../../src/resolvers/look-ahead.ts';
import { loadOrderPage } from '../../src/resolvers/order-page.ts';
import { readSlice } from '../../src/resolvers/page-slice.ts';
import { isIdOf } from '../../src/resolvers/record-id.ts';
import type { ResolverContext } from '../../src/resolvers/resolver-context.ts';
import { loadUserPage } from '../../src/resolvers/user-page.ts';
import type { UserReference } from '../../src/domain/user-reference.ts';
import type { SupportQueryResolvers, UserLookup, UserOrdersArgs } from '../generated/resolvers.ts';
import type { GraphQLResolveInfo } from 'graphql';
import { orderPageOptions, orderQuestion } from './order-arguments.ts';
import { contactFor, wantsAddresses } from './person.ts';

const defaultPageSize = 20;

export const supportQuery: SupportQueryResolvers = {
  async users(_root, args, context) {
    const { filter } = args;
    const question = {
      query: wordsOf(args.query),
      status: filter?.status ?? undefined,
      createdAfter: filter?.createdAfter ?? undefined,
      createdBefore: filter?.createdBefore ?? undefined,
    };
    const page = await loadUserPage(question, readSlice(args, defaultPageSize), context);
    const edges = page.edges.map(({ cursor, node: record }) => ({
      cursor,
      node: { id: record.id, record, contact: contactFor(record.id, context) },
    }));
    const { pageInfo, totalCount } = page;
    return { edges, nodes: edges.map(({ node }) => node), pageInfo, totalCount };
  },
  orders: (_root, args, context, info) =>
    loadOrderPage(
      orderQuestion({ ...args, text: wordsOf(args.query) }),
      readSlice(args, defaultPageSize),
      orderPageOptions(info),
      context,
    ),
  user: (_root, { by }, context, info) => loadCustomer(by, context, info),
};

const wordLengths = { least: 2, most: 200 };

function wordsOf(query: string | null | undefined): string | undefined {
  const words = query?.trim() ?? '';
  if (words === '') return undefined;
  if (words.length < wordLengths.least || words.length > wordLengths.most)
    throw badInput(`query must have ${wordLengths.least} to ${wordLengths.most} characters.`);
  return words;
}

/** The customer view: one person, found in one of three ways, with contact data in clear. */
async function loadCustomer(
  by: UserLookup,
  context: ResolverContext,
  info: GraphQLResolveInfo,
): Promise<UserReference | null> {
  if (typeof by.email === 'string') return byEmail(by.email.trim(), context, info);
  const id = typeof by.id === 'string' ? by.id : await customerOfOrder(by.orderNumber?.trim() ?? '', context);
  if (id === null || !isIdOf('user', id)) return null;
  // The orders don't depend on the person's record, so both are asked for in one wave.
  for (const { args, selection } of usesBelow<UserOrdersArgs>(info, 'User', 'orders'))
    askAhead(id, args, selection, context);
  const record = await context.loaders.user(id, { addresses: wantsAddresses(info) });
  return record && { id, record, contact: 'clear' };
}

/** Whoever resolves the field itself shares this call, and its failure. */
function askAhead(customerId: string, args: UserOrdersArgs, selection: Selection, context: ResolverContext): void {
  const page = (async () =>
    loadOrderPage(
      orderQuestion({ ...args, customerId }),
      readSlice(args, defaultPageSize),
      orderPageOptions(selection),
      context,
    ))();
  page.catch(() => undefined);
}

async function byEmail(email: string, context: ResolverContext, info: Selection): Promise<UserReference | null> {
  if (!/^[^@\s]+@[^@\s]+$/.test(email) || email.length > 254) return null;
  const record = await context.services.users.byEmail(context, { email, addresses: wantsAddresses(info) });
  return record && { id: record.id, record, contact: 'clear' };
}

async function customerOfOrder(number: string, context: ResolverContext): Promise<string | null> {
  if (number.length < wordLengths.least || number.length > wordLengths.most) return null;
  const { items } = await context.services.orders.search(context, { text: number, limit: 1, parts: {} });
  const found = items[0]?.record;
  // The search finds e-mail addresses and articles too.
  return found && found.number.toUpperCase() === number.toUpperCase() ? found.customerId : null;
}
