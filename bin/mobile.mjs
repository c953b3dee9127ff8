import { runEntry } from './run-entry.mjs';

runEntry('bff-mobile/main.ts');
