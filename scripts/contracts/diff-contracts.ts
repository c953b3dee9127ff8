import { asNode, operationsOf, resolve, responsesOf, webhooksOf } from './contract-document.ts';
import type { ContractDocument, Node, Operation } from './contract-document.ts';
import { diffSchemas, type Change, type Direction } from './diff-schemas.ts';

interface Pair {
  readonly before: ContractDocument;
  readonly after: ContractDocument;
}

/** What changed for the gateway between two versions of one contract; additions that need nobody's attention are left out. */
export function diffContracts(before: ContractDocument, after: ContractDocument): Change[] {
  const pair = { before, after };
  return [
    ...matched(operationsOf(before), operationsOf(after), 'operation').flatMap((found) =>
      'severity' in found ? [found] : diffOperation(pair, found.old, found.now),
    ),
    ...matched(webhooksOf(before), webhooksOf(after), 'event').flatMap((found) =>
      'severity' in found ? [found] : diffBody(pair, found.old, found.now, 'received'),
    ),
  ];
}

/** A major version says that breaking is meant. */
export function isMajorStep(before: ContractDocument, after: ContractDocument): boolean {
  const major = (document: ContractDocument) => Number.parseInt(String(asNode(document.root['info'])['version']), 10);
  return major(after) > major(before);
}

function matched(
  before: readonly Operation[],
  after: readonly Operation[],
  what: string,
): (Change | { readonly old: Operation; readonly now: Operation })[] {
  return before.map((old) => {
    const now = after.find((item) => item.id === old.id);
    return now === undefined ? breaking(old.id, `${what} ${old.method} ${old.path} is gone`) : { old, now };
  });
}

const breaking = (at: string, what: string): Change => ({ severity: 'breaking', at, what });
const warning = (at: string, what: string): Change => ({ severity: 'warning', at, what });

function diffOperation(pair: Pair, old: Operation, now: Operation): Change[] {
  const moved = old.method !== now.method || old.path !== now.path;
  return [
    ...(moved ? [breaking(old.id, `moved from ${old.method} ${old.path} to ${now.method} ${now.path}`)] : []),
    ...(now.node['deprecated'] === true && old.node['deprecated'] !== true
      ? [warning(old.id, 'is deprecated now')]
      : []),
    ...diffSecurity(pair, old, now),
    ...diffParameters(pair, old, now),
    ...diffBody(pair, old, now, 'sent'),
    ...diffResponses(pair, old, now),
  ];
}

function diffSecurity({ before, after }: Pair, old: Operation, now: Operation): Change[] {
  const of = (document: ContractDocument, operation: Operation) =>
    JSON.stringify(operation.node['security'] ?? document.root['security'] ?? []);
  const [from, to] = [of(before, old), of(after, now)];
  return from === to ? [] : [breaking(old.id, `security changed from ${from} to ${to}`)];
}

function diffParameters(pair: Pair, old: Operation, now: Operation): Change[] {
  const key = (node: Node) => `${String(node['in'])} ${String(node['name'])}`;
  const style = (node: Node) =>
    `${String(node['style'] ?? 'default')}, explode ${String(node['explode'] ?? 'default')}`;
  const next = new Map(now.parameters.map((node) => [key(node), node]));
  const known = new Map(old.parameters.map((node) => [key(node), node]));
  const added = now.parameters
    .filter((node) => node['required'] === true && known.get(key(node))?.['required'] !== true)
    .map((node) => breaking(old.id, `${key(node)} is required now`));
  const changed = old.parameters.flatMap((node): Change[] => {
    const found = next.get(key(node));
    if (found === undefined) return [breaking(old.id, `${key(node)} is gone`)];
    const written =
      style(node) === style(found)
        ? []
        : [breaking(old.id, `${key(node)} is written otherwise: ${style(node)}, now ${style(found)}`)];
    return [...written, ...diffSchemas(pair, node['schema'], found['schema'], 'sent', `${old.id} ${key(node)}`)];
  });
  return [...added, ...changed];
}

function diffBody(pair: Pair, old: Operation, now: Operation, direction: Direction): Change[] {
  const from = resolve(pair.before, old.node['requestBody']);
  const to = resolve(pair.after, now.node['requestBody']);
  const at = direction === 'sent' ? `${old.id} body` : old.id;
  if (from['content'] === undefined) return to['required'] === true ? [breaking(at, 'a body is required now')] : [];
  if (to['content'] === undefined) return [breaking(at, 'no body any more')];
  const insisted =
    to['required'] === true && from['required'] !== true ? [breaking(at, 'the body is required now')] : [];
  return [...insisted, ...diffContent(pair, from, to, direction, at)];
}

function diffResponses(pair: Pair, old: Operation, now: Operation): Change[] {
  const [from, to] = [new Map(responsesOf(pair.before, old)), new Map(responsesOf(pair.after, now))];
  const isSuccess = (status: string) => /^[23]/.test(status);
  const fresh = [...to.keys()]
    .filter((status) => isSuccess(status) && !from.has(status))
    .map((status) => breaking(old.id, `may now answer ${status}`));
  const known = [...from].flatMap(([status, response]): Change[] => {
    const next = to.get(status);
    if (next === undefined) return [(isSuccess(status) ? breaking : warning)(old.id, `answer ${status} is gone`)];
    const lost = Object.keys(asNode(response['headers'])).filter((name) => !(name in asNode(next['headers'])));
    const at = `${old.id} ${status}`;
    const headers = lost.map((name) => (isSuccess(status) ? breaking : warning)(at, `header ${name} is gone`));
    return headers.concat(diffContent(pair, response, next, 'received', at));
  });
  return [...fresh, ...known];
}

function diffContent(pair: Pair, from: Node, to: Node, direction: Direction, at: string): Change[] {
  return Object.entries(asNode(from['content'])).flatMap(([mediaType, media]): Change[] => {
    const next = asNode(to['content'])[mediaType];
    if (next === undefined) return [breaking(at, `media type ${mediaType} is gone`)];
    return diffSchemas(pair, asNode(media)['schema'], asNode(next)['schema'], direction, at);
  });
}
