#!/usr/bin/env node
import { runEntry } from './run-entry.mjs';

runEntry('src/cli/main.ts');
