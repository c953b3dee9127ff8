import { runEntry } from './run-entry.mjs';

runEntry('bff-web/main.ts');
