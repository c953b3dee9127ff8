const refreshEveryMs = 1500;

const byId = (id) => document.getElementById(id);
const notice = byId('notice');
const cards = new Map();
let catalogue;

/** Calls the control API; shows a refusal and resolves to undefined. */
async function call(method, path, body) {
  try {
    const response = await fetch(path, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error.message);
    notice.textContent = '';
    return answer;
  } catch (error) {
    notice.textContent = error instanceof TypeError ? 'The demo does not answer; is it running?' : error.message;
    return undefined;
  }
}

function option(value, text) {
  const element = document.createElement('option');
  element.value = value;
  element.textContent = text;
  return element;
}

function button(text, onClick) {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = text;
  element.addEventListener('click', onClick);
  return element;
}

function makeCard(process) {
  const card = byId('card').content.firstElementChild.cloneNode(true);
  card.querySelector('.name').textContent = process.name;
  for (const control of card.querySelectorAll('[data-action]')) {
    control.addEventListener('click', async () => {
      for (const other of card.querySelectorAll('[data-action]')) other.disabled = true;
      await call('POST', `/services/${process.name}/${control.dataset.action}`);
      await refresh();
    });
  }
  byId(process.kind === 'service' ? 'services' : 'others').append(card);
  return card;
}

/** Fills the picker once the service has said what can go wrong with it. */
async function fillPicker(card, name) {
  const form = card.querySelector('.picker');
  form.dataset.filled = 'true';
  const answer = await call('GET', `/services/${name}/faults`);
  if (!answer) return void delete form.dataset.filled;
  const fault = form.elements.fault;
  fault.replaceChildren(...answer.known.map((known) => option(known.name, known.name)));
  form.elements.operation.replaceChildren(
    option('*', 'every route'),
    ...catalogue.operations[name].map((operation) => option(operation.id, `${operation.method} ${operation.path}`)),
  );
  const chosen = () => answer.known.find((known) => known.name === fault.value);
  function showChosen() {
    form.querySelector('.summary').textContent = chosen().summary.replaceAll('`', '');
    form.querySelector('.parameters').replaceChildren(...Object.entries(chosen().parameters).map(parameterField));
  }
  fault.addEventListener('change', showChosen);
  showChosen();
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    await call('POST', `/services/${name}/faults`, {
      fault: fault.value,
      operation: form.elements.operation.value,
      probability: form.elements.probability.valueAsNumber,
      parameters: readParameters(form, chosen().parameters),
    });
    await refresh();
  });
  form.hidden = false;
}

function parameterField([name, value]) {
  const label = document.createElement('label');
  const input = document.createElement('input');
  input.name = `parameter-${name}`;
  input.type = { number: 'number', boolean: 'checkbox', string: 'text' }[typeof value];
  input.step = 'any';
  if (typeof value === 'boolean') input.checked = value;
  else input.value = value;
  label.append(name, input);
  return label;
}

function readParameters(form, defaults) {
  const read = (name, value) => {
    const input = form.elements[`parameter-${name}`];
    if (typeof value === 'boolean') return input.checked;
    return typeof value === 'number' ? input.valueAsNumber : input.value;
  };
  return Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, read(name, value)]));
}

function ruleItem(service, rule) {
  const item = document.createElement('li');
  const share = rule.probability < 1 ? ` (${Math.round(rule.probability * 100)} %)` : '';
  const where = rule.operation === '*' ? 'every route' : rule.operation;
  const text = document.createElement('span');
  text.textContent = `${rule.fault} on ${where}${share}, struck ${rule.hits}`;
  const remove = button('Remove', async () => {
    await call('DELETE', `/services/${service}/faults/${rule.id}`);
    await refresh();
  });
  remove.setAttribute('aria-label', `Remove ${text.textContent}`);
  item.append(text, remove);
  return item;
}

function show(process, rules) {
  if (!cards.has(process.name)) cards.set(process.name, makeCard(process));
  const card = cards.get(process.name);
  card.dataset.status = process.status;
  const restarts = process.restarts > 0 ? `, restarted ${process.restarts}×` : '';
  card.querySelector('.status').textContent = process.status + restarts;
  card.querySelector('.last-words').textContent = process.restarts > 0 ? process.lastWords : '';
  const isDown = process.status === 'down';
  card.querySelector('[data-action=start]').disabled = !isDown;
  card.querySelector('[data-action=stop]').disabled = isDown;
  card.querySelector('[data-action=kill]').disabled = isDown;
  if (process.kind !== 'service') return;
  const shown = JSON.stringify(rules);
  if (card.dataset.rules !== shown) {
    // Only when they changed: replacing a button takes the keyboard's focus away from it.
    card.dataset.rules = shown;
    card.querySelector('.rules').replaceChildren(...(rules ?? []).map((rule) => ruleItem(process.name, rule)));
  }
  const form = card.querySelector('.picker');
  if (process.status === 'up' && !form.dataset.filled) void fillPicker(card, process.name);
  form.inert = process.status !== 'up';
}

function showLinks(ports) {
  const host = location.hostname;
  const links = [
    ['Web playground', `http://${host}:${ports.WEB_PORT}/playground`],
    ['Mobile playground', `http://${host}:${ports.MOBILE_PORT}/playground`],
    ['Web console', `http://${host}:${ports.WEB_ADMIN_PORT}/`],
    ['Mobile console', `http://${host}:${ports.MOBILE_ADMIN_PORT}/`],
  ];
  byId('links').replaceChildren(
    ...links.map(([text, href]) => Object.assign(document.createElement('a'), { textContent: text, href })),
  );
}

async function refresh() {
  const state = await call('GET', '/state');
  if (!state) return;
  for (const process of state.processes) {
    if (process.name !== 'control') show(process, state.faults[process.name]);
  }
  if (!byId('links').hasChildNodes()) showLinks(state.ports);
}

async function copyToken(identity, element) {
  const answer = await call('POST', '/token', { identity });
  if (!answer) return;
  await navigator.clipboard.writeText(answer.access_token);
  const { textContent } = element;
  element.textContent = 'Copied';
  setTimeout(() => (element.textContent = textContent), 1200);
}

catalogue = await call('GET', '/catalogue');
byId('people').append(
  ...catalogue.identities.map(({ name, displayName, about }) => {
    const element = button(name, () => copyToken(name, element));
    element.title = `${displayName}, ${about}`;
    return element;
  }),
);
await refresh();
setInterval(() => document.visibilityState === 'visible' && refresh(), refreshEveryMs);
