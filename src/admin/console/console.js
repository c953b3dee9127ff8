// The console: asks /status and /journeys every two seconds and draws what they say. Everything from them is set as text, never as HTML.

const everyMs = 2_000;
const steps = 60;
const outcomes = ['complete', 'stale', 'partial', 'failed', 'refused', 'aborted'];
/** Outcomes of spans that are nothing to worry about. */
const fine = new Set(['ok', 'hit', 'joined', 'stale']);

const at = (id) => document.getElementById(id);
let token = sessionStorage.getItem('token') ?? '';

function element(name, { text, className, title } = {}, ...children) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  if (title) made.title = title;
  made.append(...children);
  return made;
}

function drawn(name, attributes) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

const entry = (term, value, className) =>
  element('div', {}, element('dt', { text: term }), element('dd', { text: value, className }));

async function ask(path) {
  const response = await fetch(path, { headers: token ? { authorization: `Bearer ${token}` } : {} });
  if (response.ok) return response.json();
  const { detail = response.statusText } = await response.json().catch(() => ({}));
  throw Object.assign(new Error(detail), { status: response.status });
}

function showFigures({ traffic, cache, limits }) {
  const minute = traffic.slice(-13, -1);
  const sum = (some, ...names) => some.reduce((all, step) => all + names.reduce((n, name) => n + step[name], 0), 0);
  const asked = sum(minute, ...outcomes);
  const judged = sum(minute, 'complete', 'stale', 'partial', 'failed');
  const good = sum(minute, 'complete', 'stale');
  const looked = (cache.fresh ?? 0) + (cache.stale ?? 0) + (cache.asked ?? 0) + (cache.failed ?? 0);
  const busy = minute.filter((step) => outcomes.some((name) => step[name] > 0));
  const mean = (name) => (busy.length === 0 ? '–' : `${(sum(busy, name) / busy.length).toFixed(1)} ms`);
  const share = (part, whole) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);
  const refused = Object.values(limits.refusals).reduce((all, count) => all + count, 0);
  const missing = sum(traffic, 'partial', 'failed');
  at('figures').replaceChildren(
    entry('requests/s', (asked / 60).toFixed(1)),
    entry('complete answers', share(good, judged), judged > 0 && good / judged < 0.99 ? 'bad' : ''),
    entry('partial', String(sum(traffic, 'partial')), missing > 0 ? 'warn' : ''),
    entry('failed', String(sum(traffic, 'failed')), sum(traffic, 'failed') > 0 ? 'bad' : ''),
    entry('mean time', mean('meanMs')),
    entry('of it our own', mean('meanOwnMs')),
    entry('cache hits', share((cache.fresh ?? 0) + (cache.stale ?? 0), looked)),
    entry('over a limit', String(refused), refused > 0 ? 'warn' : ''),
  );
}

function showChart(traffic) {
  const chart = at('chart');
  const highest = Math.max(1, ...traffic.map((step) => outcomes.reduce((sum, name) => sum + step[name], 0)));
  chart.setAttribute('viewBox', `0 0 ${steps} ${highest}`);
  const bars = traffic.flatMap((step, index) => {
    let y = highest;
    return outcomes
      .filter((name) => step[name] > 0)
      .map((name) => {
        y -= step[name];
        return drawn('rect', {
          class: `key-${name}`,
          x: steps - traffic.length + index + 0.08,
          y,
          width: 0.84,
          height: step[name],
        });
      });
  });
  chart.replaceChildren(...bars);
  at('legend').replaceChildren(
    ...outcomes.map((name) => element('span', { text: name, className: `key-${name}` })),
    element('b', { text: `highest: ${highest} in 5 s` }),
  );
}

/** Each worker has circuits of its own. */
function inWorkers({ state, workers: counts }, workers) {
  return counts && workers.length > 1 ? ` in ${counts[state]} of ${workers.length} workers` : '';
}

function showServices({ instances, breakers, workers = [] }) {
  const names = [...new Set(instances.map(({ service }) => service))];
  at('services').replaceChildren(
    ...names.map((service) => {
      const circuits = breakers.filter((breaker) => breaker.service === service);
      const open = circuits.filter(({ state }) => state !== 'closed' && state !== 'forced-closed');
      const [calls, failures] = ['calls', 'failures'].map((key) => circuits.reduce((sum, each) => sum + each[key], 0));
      const state = open.length > 0 ? 'circuit open' : failures > 0 ? 'failing' : 'well';
      const tone = open.length > 0 ? 'bad' : failures > 0 ? 'warn' : 'good';
      const own = instances.filter((instance) => instance.service === service);
      return element(
        'div',
        { className: 'card' },
        element(
          'h3',
          {},
          element('span', { text: service }),
          element('span', { text: state, className: `pill ${tone}` }),
        ),
        element('p', { text: `${calls} attempts, ${failures} failed in the window` }),
        ...own.map(({ instance, inFlight, queued }) =>
          element('p', { text: `${instance}: ${inFlight} in flight, ${queued} waiting` }),
        ),
        ...open.map((breaker) => {
          const { route, state: is, forced } = breaker;
          return element('p', {
            className: 'open',
            text: `${route}: ${is}${inWorkers(breaker, workers)}${forced ? ` by ${forced.actor} until ${forced.endsAt}: ${forced.reason}` : ''}`,
          });
        }),
      );
    }),
  );
}

/** Absent where one process is all there is. */
function showWorkers({ workers = [], workerEnds, configHash }) {
  at('workers-section').hidden = workers.length === 0;
  at('workers-title').textContent = `Workers${workerEnds > 0 ? `, ${workerEnds} ended` : ''}`;
  at('workers').replaceChildren(
    ...workers.map(({ pid, ready, reason, answered, startedAt, inFlight, openBreakers, configHash: hash }) => {
      const state = answered || reason === 'starting' ? reason : 'silent';
      const facts = answered
        ? `${inFlight} in flight, ${openBreakers} circuits open`
        : 'what it knows is missing from this page';
      return element(
        'div',
        { className: 'card' },
        element(
          'h3',
          {},
          element('span', { text: String(pid) }),
          element('span', { text: state, className: `pill ${answered && ready ? 'good' : 'bad'}` }),
        ),
        element('p', { text: facts }),
        element('p', { text: `since ${new Date(startedAt).toLocaleTimeString([], { hour12: false })}` }),
        ...(hash === configHash ? [] : [element('p', { className: 'open', text: `serves by configuration ${hash}` })]),
      );
    }),
  );
}

const countedBy = {
  everywhere: ({ instances }) => `shared by ${instances}`,
  machine: () => "this machine's own",
  process: () => "this process's own",
};

function showFacts(status) {
  const { redis, issuers, limits, alerts, configHash, waitForRestart, mode, startedAt, reportOnly } = status;
  at('process').textContent = status.process;
  document.title = `${status.ready ? '' : '⚠ '}Facet ${status.process}`;
  at('state').textContent = status.reason;
  at('state').className = `pill ${status.ready ? 'good' : 'bad'}`;
  at('facts').replaceChildren(
    entry('Redis', redis, redis === 'lost' ? 'bad' : ''),
    entry('limits are', countedBy[limits.counted](limits)),
    entry('rejections alert', alerts.rejections, alerts.rejections === 'open' ? 'bad' : ''),
    ...issuers.map(({ issuer, keys, failing }) =>
      entry(`keys of ${issuer}`, failing ? `${keys}, fetching fails` : String(keys), failing ? 'bad' : ''),
    ),
    entry('configuration', configHash),
    ...(waitForRestart.length > 0 ? [entry('wait for a restart', waitForRestart.join(', '), 'warn')] : []),
    entry('mode', mode),
    entry('since', new Date(startedAt).toLocaleString()),
  );
  at('decisions').replaceChildren(
    ...limits.overrides.map(({ consumer, action, actor, reason, until }) =>
      element('li', { text: `${action} ${consumer} until ${until} by ${actor}: ${reason}` }),
    ),
    ...reportOnly.map(({ decision, until }) =>
      element('li', { className: 'warn', text: `${decision} only reports${until ? ` until ${until}` : ''}` }),
    ),
  );
}

function showJourneys(journeys) {
  at('journeys').replaceChildren(
    ...journeys.map(({ correlationId, startedAt, operation, client, outcome, codes, ms, keptFor }) => {
      const line = element(
        'button',
        { title: `${correlationId}, kept as ${keptFor}` },
        element('time', { text: new Date(startedAt).toLocaleTimeString([], { hour12: false }) }),
        element('span', { text: outcome, className: `outcome ${outcome}` }),
        element('span', { text: `${operation} · ${client}`, className: 'operation' }),
        element('span', { text: codes.join(', ') || keptFor, className: 'codes' }),
        element('span', { text: `${ms.toFixed(1)} ms`, className: 'ms' }),
      );
      line.type = 'button';
      line.addEventListener('click', () => (location.hash = correlationId));
      return element('li', {}, line);
    }),
  );
}

function spanRow({ kind, name, startMs, ms, outcome, detail = {} }, totalMs) {
  const bar = drawn('svg', { viewBox: '0 0 100 1', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  const x = Math.min(99.5, (100 * startMs) / totalMs);
  bar.append(drawn('rect', { x, y: 0, width: Math.max(0.5, Math.min(100 - x, (100 * ms) / totalMs)), height: 1 }));
  const facts = Object.entries(detail).map(([key, value]) => `${key} ${value}`);
  const note = [outcome === 'ok' ? '' : outcome, ...facts].filter(Boolean).join(', ');
  const row = element(
    'div',
    { className: `span ${kind}${fine.has(outcome) ? '' : ' wrong'}` },
    element('span', { className: 'name', text: kind === 'stage' ? name : `${kind} ${name}`, title: `${kind} ${name}` }),
    bar,
    element('span', { className: 'ms', text: `${ms.toFixed(1)} ms` }),
    element('span', { className: 'note', text: note, title: note }),
  );
  row.setAttribute('role', 'row');
  return row;
}

async function showJourney() {
  const id = location.hash.slice(1);
  at('journey').hidden = id === '';
  if (id === '') return;
  at('id').value = id;
  try {
    const found = await ask(`journeys/${encodeURIComponent(id)}`);
    at('journey-title').textContent = `${found.operation}, ${found.correlationId}`;
    at('journey-facts').replaceChildren(
      entry('outcome', [found.outcome, ...found.codes].join(', '), found.codes.length > 0 ? 'bad' : ''),
      entry('client', `${found.client} ${found.clientVersion}`),
      entry('answered', `${found.status} by ${found.process} at ${new Date(found.startedAt).toLocaleString()}`),
      entry('took', `${found.ms} ms`),
      entry('waiting for services', `${found.upstreamMs} ms`),
      entry('our own', `${found.overheadMs} ms`),
      entry('calls', `${found.calls}, ${found.retries} retries`),
      entry('cost', String(found.cost)),
      entry('bytes', String(found.bytes)),
    );
    at('waterfall').replaceChildren(...found.spans.map((span) => spanRow(span, Math.max(found.ms, 0.01))));
    at('journey').scrollIntoView({ block: 'start' });
  } catch (error) {
    at('journey-title').textContent = id;
    at('journey-facts').replaceChildren(entry('not found', error.message));
    at('waterfall').replaceChildren();
  }
}

async function refresh() {
  try {
    const [status, { journeys }] = await Promise.all([ask('status'), ask('journeys?limit=25')]);
    showFigures(status);
    showChart(status.traffic);
    showServices(status);
    showWorkers(status);
    showFacts(status);
    showJourneys(journeys);
    at('problem').hidden = true;
    at('sign-in').hidden = true;
  } catch (error) {
    at('state').textContent = error.status ? String(error.status) : 'no answer';
    at('state').className = 'pill bad';
    at('sign-in').hidden = error.status !== 401;
    at('problem').textContent = error.message;
    at('problem').hidden = false;
  }
}

at('search').addEventListener('submit', (event) => {
  event.preventDefault();
  const id = at('id').value.trim().toLowerCase();
  if (location.hash.slice(1) === id) void showJourney();
  else location.hash = id;
});
at('sign-in').addEventListener('submit', (event) => {
  event.preventDefault();
  token = at('token').value.trim();
  at('token').value = '';
  sessionStorage.setItem('token', token);
  void refresh().then(showJourney);
});
addEventListener('hashchange', () => void showJourney());

await refresh();
await showJourney();
setInterval(() => {
  if (!document.hidden) void refresh();
}, everyMs);
