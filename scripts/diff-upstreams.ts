/**
 * Compares the upstream contracts with those of an earlier commit: `npm run diff:upstreams -- [ref]`, by default `HEAD~`.
 * Ends with 1 when a change breaks the gateway and the contract's major version has not grown, with 2 when the commit cannot be read.
 */
import { execFileSync } from 'node:child_process';
import { contractsFolder, parseContract, readContracts, type ContractDocument } from './contracts/contract-document.ts';
import { diffContracts, isMajorStep } from './contracts/diff-contracts.ts';

const ref = process.argv[2] ?? 'HEAD~';

const git = (...args: string[]): string =>
  execFileSync('git', args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'ignore'] });

function contractsAt(commit: string): ContractDocument[] {
  return git('ls-tree', '-r', '--name-only', commit, '--', contractsFolder)
    .split('\n')
    .filter((path) => path.endsWith('.openapi.yaml'))
    .map((path) => parseContract(path, git('show', `${commit}:${path}`)));
}

function earlierContracts(): ContractDocument[] {
  try {
    return contractsAt(git('rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`).trim());
  } catch (error) {
    console.error(`The contracts of "${ref}" cannot be read: ${String(error).split('\n')[0]}`);
    process.exit(2);
  }
}

const current = readContracts();
let broken = 0;
let changes = 0;
for (const before of earlierContracts()) {
  const after = current.find(({ name }) => name === before.name);
  const meant = after !== undefined && isMajorStep(before, after);
  const found =
    after === undefined
      ? [{ severity: 'breaking' as const, at: before.name, what: 'the contract is gone' }]
      : diffContracts(before, after);
  for (const { severity, at, what } of found) {
    console.log(`${severity.padEnd(8)} ${before.name}: ${at}: ${what}${meant ? ' (new major version)' : ''}`);
    if (severity === 'breaking' && !meant) broken += 1;
  }
  changes += found.length;
}
console.log(`Upstream contracts against ${ref}: ${changes} changes to look at, ${broken} of them breaking.`);
process.exitCode = broken > 0 ? 1 : 0;
