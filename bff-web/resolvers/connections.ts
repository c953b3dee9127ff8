import type { Page } from '../../src/domain/page.ts';

/** Connections are pages as they are; only the shortcut to the items is worked out. */
export const connection = {
  nodes: <Item>({ edges }: Page<Item>): readonly Item[] => edges.map(({ node }) => node),
};
