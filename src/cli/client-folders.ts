import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Client } from '../gateway.ts';

/** The root of the code: where the clients' folders stand, beside `src`. */
const codeRoot = join(import.meta.dirname, '../..');

/**
 * What every client process brings, from its folder `bff-*`: the same four modules that its `main.ts` hands to the gateway. They are
 * found, not imported, so that a new client needs no line here.
 */
export function loadClients(): Promise<Client[]> {
  const folders = globSync('bff-*/profile.{ts,js}', { cwd: codeRoot }).toSorted();
  return Promise.all(
    folders.map(async (file) => {
      const extension = file.slice(file.lastIndexOf('.'));
      const load = (name: string): Promise<Client> =>
        import(pathToFileURL(join(codeRoot, file, '..', `${name}${extension}`)).href) as Promise<Client>;
      const [{ profile }, { permissions }, { resolvers }, { uses }] = await Promise.all([
        load('profile'),
        load('permissions'),
        load('resolvers/index'),
        load('upstream-uses'),
      ]);
      return { profile, permissions, resolvers, uses };
    }),
  );
}
