import { validateHeaderName, validateHeaderValue } from 'node:http';

/** Names and values in turn, as `writeHead` takes them. */
export type HeaderList = readonly string[];

/** Header lines that stand on many answers: checked once, as a list and as the text that the list comes to. */
export class HeaderBlock {
  readonly list: HeaderList;
  readonly lines: string;

  /** Throws where a name or value may not stand in a header. */
  constructor(list: HeaderList) {
    for (let at = 0; at < list.length; at += 2) {
      validateHeaderName(list[at] ?? '');
      validateHeaderValue(list[at] ?? '', list[at + 1] ?? '');
    }
    this.list = list;
    this.lines = linesOf(list);
  }
}

/** The text of a head that the headers come to (RFC 9112 §5). */
export function linesOf(list: HeaderList): string {
  let lines = '';
  for (let at = 0; at < list.length; at += 2) lines += `${list[at]}: ${list[at + 1]}\r\n`;
  return lines;
}
