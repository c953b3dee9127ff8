/** Prints what `checkContracts` finds below `schema/`, one line a problem; exit code 1 if there is one. */
import { checkContracts } from '../src/operation/contract/check-contracts.ts';

const problems = checkContracts('.', new Date());
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else console.log('The schemas keep their rules, and every registered operation fits.');
