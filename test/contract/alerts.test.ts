import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { temporaryDirectory } from '../support/processes.ts';

interface Rule {
  readonly alert?: string;
  readonly labels?: { readonly severity: string };
  readonly annotations?: { readonly runbook_url: string };
}

const folder = 'deploy/alerts';
const rules = parse(readFileSync(`${folder}/facet.rules.yaml`, 'utf8')) as { groups: { rules: Rule[] }[] };
const alerts = rules.groups.flatMap((group) => group.rules).filter(({ alert }) => alert !== undefined);

test('Prometheus takes the rules, and they ring when they should and stay silent when they should', () => {
  execFileSync('promtool', ['check', 'rules', 'facet.rules.yaml'], { cwd: folder, stdio: 'pipe' });
  execFileSync('promtool', ['test', 'rules', 'facet.rules.test.yaml'], { cwd: folder, stdio: 'pipe' });
});

test('Prometheus can read every query of the dashboard', async (t) => {
  const { panels } = JSON.parse(readFileSync('deploy/dashboards/facet.json', 'utf8')) as {
    panels: { targets?: { expr: string }[] }[];
  };
  const queries = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr.replaceAll('$job', '.*')));
  assert.ok(queries.length > 25);
  // promtool reads expressions where rules have them.
  const asRules = queries.map((expr, index) => ({ record: `dashboard:${index}`, expr }));
  const file = join(await temporaryDirectory(t), 'queries.yaml');
  writeFileSync(file, JSON.stringify({ groups: [{ name: 'dashboard', rules: asRules }] }));
  execFileSync('promtool', ['check', 'rules', file], { stdio: 'pipe' });
});

test('every alert has a severity and a runbook, and every runbook an alert that it names', () => {
  const books = new Map(
    globSync('docs/runbooks/*.md')
      .filter((file) => basename(file) !== 'README.md')
      .map((file) => [file, readFileSync(file, 'utf8')]),
  );
  const index = readFileSync('docs/runbooks/README.md', 'utf8');
  for (const { alert = '', labels, annotations } of alerts) {
    assert.match(labels?.severity ?? '', /^(?:page|ticket)$/, alert);
    const book = books.get(annotations?.runbook_url ?? '');
    assert.ok(book?.includes(`\`${alert}\``), `${alert} has no runbook that names it`);
    assert.ok(index.includes(`\`${alert}\``), `${alert} is not in the list of runbooks`);
  }
  assert.equal(books.size, alerts.length);
});
