// The API as /openapi.json describes it: paths by tag, parameters, examples, and a form that asks.
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { html, json, Answer, Badge, Failure, useAnswer } from './parts.js';
import { apiKey } from './api.js';

const LONGEST = 20000;

document.documentElement.dataset.theme =
  localStorage.getItem('dise.theme')?.replace('system', '') || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

const example = (parameter) => [parameter.example ?? parameter.schema.default ?? ''].flat().join(',');

function words(schema = {}) {
  const type = [schema.type ?? (schema.enum ? 'string' : schema.$ref ? name(schema.$ref) : 'any')].flat().join(' or ');
  const bounds = [schema.enum && `one of ${schema.enum.join(', ')}`, schema.minimum !== undefined && `from ${schema.minimum}`, schema.maximum !== undefined && `to ${schema.maximum}`, schema.default !== undefined && `otherwise ${schema.default}`];
  return [schema.type === 'array' ? 'may be repeated' : type, ...bounds].filter(Boolean).join(', ');
}

const name = (ref) => ref.split('/').pop();

/** A schema with what it refers to, two deep: enough to see what comes. */
function shown(document, schema, depth = 0) {
  if (!schema || typeof schema !== 'object') return schema;
  if (Array.isArray(schema)) return schema.map((each) => shown(document, each, depth));
  if (schema.$ref) {
    const { $ref, ...more } = schema;
    const target = depth < 2 ? document.components.schemas[name($ref)] : { see: name($ref) };
    const whole = { ...target, ...more, properties: target.properties && { ...target.properties, ...more.properties } };
    return shown(document, JSON.parse(JSON.stringify(whole)), depth + 1);
  }
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, shown(document, value, depth)]));
}

function address(path, parameters, values) {
  const query = new URLSearchParams();
  let whole = path;
  for (const parameter of parameters) {
    const value = (values[parameter.name] ?? '').trim();
    if (parameter.in === 'path') whole = whole.replace(`{${parameter.name}}`, encodeURIComponent(value));
    else if (value && parameter.name.endsWith('.*')) query.append(parameter.name.slice(0, -1) + value.split('=')[0], value.split('=').slice(1).join('='));
    else if (value) query.append(parameter.name, value);
  }
  return whole + (query.size ? `?${query}` : '');
}

async function ask(path) {
  const began = performance.now();
  const response = await fetch(path, { headers: apiKey.get() ? { authorization: `Bearer ${apiKey.get()}` } : {} });
  const type = response.headers.get('content-type') ?? '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let part = await reader.read(); !part.done && text.length < LONGEST; part = await reader.read()) text += decoder.decode(part.value, { stream: true });
  await reader.cancel();
  const cut = text.length >= LONGEST;
  const body = type.includes('json') && !type.includes('ndjson') && !cut ? JSON.stringify(JSON.parse(text), null, 2) : text.slice(0, LONGEST) + (cut ? '\n…' : '');
  return { status: response.status, type, body, took: Math.round(performance.now() - began) };
}

function TryIt({ path, parameters }) {
  const [values, setValues] = useState(() => Object.fromEntries(parameters.filter((p) => p.required).map((p) => [p.name, example(p)])));
  const [answer, setAnswer] = useState();
  const [problem, setProblem] = useState();
  const [busy, setBusy] = useState(false);
  const url = address(path, parameters, values);
  const run = (event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    ask(url).then(setAnswer).catch(setProblem).finally(() => setBusy(false));
  };
  return html`<form onSubmit=${run}>
    <div class="row">${parameters.map((p) => html`<label>${p.name}${p.required ? ' (needed)' : ''}<input value=${values[p.name] ?? ''} required=${p.required} placeholder=${p.name.endsWith('.*') ? 'user.id=7' : example(p)} onInput=${(e) => setValues({ ...values, [p.name]: e.target.value })} /></label>`)}</div>
    <p class="row"><button class="main" disabled=${busy}>Ask</button><code>${url}</code></p>
    <div aria-live="polite">${problem && html`<${Failure} problem=${problem} />`}${answer && html`<p><${Badge}>${answer.status}<//> ${answer.type}, ${answer.took} ms</p>${json(answer.body)}`}</div>
  </form>`;
}

function Parameters({ of }) {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Parameters"><table class="stack"><thead><tr><th scope="col">name</th><th scope="col">what</th><th scope="col">values</th><th scope="col">example</th></tr></thead>
    <tbody>${of.map((p) => html`<tr><td data-name="name" class="tight"><code>${p.name}</code>${p.required && html` <${Badge}>needed<//>`}</td><td data-name="what">${p.description ?? (p.in === 'path' ? 'part of the path' : '')}</td><td data-name="values">${words(p.schema)}</td><td data-name="example"><code>${example(p)}</code></td></tr>`)}</tbody></table></div>`;
}

function Operation({ document, method, path, operation, open }) {
  const [shows, setShows] = useState(open);
  const parameters = operation.parameters ?? [];
  const body = operation.requestBody?.content['application/json'];
  const good = Object.entries(operation.responses).filter(([status]) => status < '400');
  const refused = Object.keys(operation.responses).filter((status) => status >= '400');
  const streams = Object.keys(good[0]?.[1].content ?? {}).some((type) => type.startsWith('text/event-stream'));
  const scope = operation.security?.[0]?.bearer?.[0];
  return html`<details class="card" id=${`${method}${path}`} open=${open} onToggle=${(e) => setShows(e.target.open)}>
    <summary><b>${method.toUpperCase()}</b> <code>${path}</code> <span class="quiet">${operation.summary}</span></summary>
    ${shows && html`<div>
      ${operation.description && html`<p>${operation.description}</p>`}
      <p class="quiet">${scope ? `A key needs the scope ${scope}.` : 'Needs no key.'} Refused with ${refused.join(', ') || 'nothing'}.</p>
      ${parameters.length > 0 && html`<h3>Parameters</h3><${Parameters} of=${parameters} />`}
      ${body && html`<h3>Body</h3>${json(body.example)}<details><summary>its schema</summary>${json(shown(document, body.schema))}</details>`}
      ${good.map(([status, response]) => Object.entries(response.content ?? {}).map(([type, content]) => html`<details><summary>answer ${status}, ${type}</summary>${content.schema ? json(shown(document, content.schema)) : html`<p class="quiet">No JSON.</p>`}</details>`))}
      ${method === 'get' && !streams && html`<h3>Try it</h3><${TryIt} path=${path} parameters=${parameters} />`}
    </div>`}
  </details>`;
}

function Docs() {
  const description = useAnswer('/openapi.json');
  const [sought, setSought] = useState('');
  const at = decodeURIComponent(location.hash.slice(1));
  useEffect(() => { if (description.data && at) document.getElementById(at)?.scrollIntoView(); }, [description.data]);
  return html`<main>
    <div class="top"><h1>The API</h1><div class="row"><a href="/console/">console</a><a href="/openapi.json">openapi.json</a></div></div>
    <p>Answers are JSON in snake case; what is refused is <code>application/problem+json</code> and says what is allowed. ${apiKey.get() ? 'Asked with your key.' : html`Where a key is needed, give it on the <a href="/console/#/health">console</a> first.`}</p>
    <form class="filters" role="search" onSubmit=${(e) => e.preventDefault()}><label class="wide">Find<input value=${sought} onInput=${(e) => setSought(e.target.value)} placeholder="a part of a path, or a word" /></label></form>
    <${Answer} of=${description}>${(doc) => doc.tags.map((tag) => {
      const some = Object.entries(doc.paths).flatMap(([path, operations]) => Object.entries(operations).map(([method, operation]) => ({ method, path, operation })))
        .filter(({ path, operation }) => operation.tags.includes(tag.name) && `${path} ${operation.summary}`.toLowerCase().includes(sought.toLowerCase()));
      return some.length > 0 && html`<section><h2>${tag.name}</h2>${some.map((one) => html`<${Operation} key=${one.method + one.path} document=${doc} ...${one} open=${one.method + one.path === at} />`)}</section>`;
    })}<//>
  </main>`;
}

const root = document.getElementById('app');
root.replaceChildren();
render(html`<${Docs} />`, root);
