import { runEntry } from './run-entry.mjs';

runEntry('demo/start.ts');
