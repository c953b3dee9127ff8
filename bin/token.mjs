import { runEntry } from './run-entry.mjs';

runEntry('demo/token.ts');
