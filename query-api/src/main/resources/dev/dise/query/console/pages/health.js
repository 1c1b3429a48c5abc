// What the service depends on, by what config it runs, which events there are, and whether the books balance.
import { useState } from 'preact/hooks';
import { apiKey, send } from '../api.js';
import { html, Answer, Badge, Empty, Failure, Notice, Table, Time, count, useAnswer, json } from '../parts.js';

function Key() {
  const [saved, setSaved] = useState(false);
  const save = (event) => { event.preventDefault(); apiKey.set(event.target.key.value.trim()); setSaved(true); };
  return html`<div class="card"><h2>Key</h2><p class="quiet">Needed where the service asks for one; kept in this tab only.</p>
    <form class="row" onSubmit=${save}><label class="wide">Key<input name="key" type="password" autocomplete="off" placeholder="dise_…" /></label><button>Use it</button></form>${saved && html`<${Notice} tone="good">It is used from now on.<//>`}</div>`;
}

function Ledger() {
  const [problem, setProblem] = useState();
  const jobs = useAnswer('/v1/admin/jobs', {}, 1000);
  const job = jobs.data?.items.find((one) => one.kind === 'ledger');
  const begin = () => send('POST', '/v1/admin/ledger', {}).then(jobs.reload).catch(setProblem);
  return html`<div class="card"><div class="row spread"><h2>The books</h2><button onClick=${begin} disabled=${job?.state === 'running'}>Balance now</button></div>
    <p class="quiet">Accepted = stored + dead letters + in flight + dropped by reason, for each type.</p>
    ${problem && html`<${Failure} problem=${problem} />`}${job?.problem && html`<${Notice} tone="bad">${job.problem}<//>`}
    ${job?.state === 'running' && html`<p class="quiet">Counting: ${job.phase} ${count(job.done)} …</p>`}
    ${job?.result && html`<${Notice} tone=${job.result.balanced ? 'good' : 'bad'}>${job.result.balanced ? 'They balance: the difference is 0.' : `The difference is ${count(job.result.difference)}.`}<//>
      <${Table} label="The books by type" rows=${job.result.lines ?? []} columns=${[
        { name: 'type', of: (l) => l.type }, { name: 'accepted', number: true, of: (l) => count(l.accepted) }, { name: 'stored', number: true, of: (l) => count(l.stored) },
        ...['superseded', 'repeated', 'dead_lettered', 'in_flight', 'discarded', 'forgotten', 'expired'].map((name) => ({ name: name.replaceAll('_', ' '), number: true, of: (l) => count(l[name]) })),
        { name: 'difference', number: true, of: (l) => count(l.difference) }]} />`}</div>`;
}

export function Health() {
  const health = useAnswer('/v1/health', {}, 5000);
  const schemas = useAnswer('/v1/schemas');
  const config = useAnswer('/v1/admin/config');
  return html`
    <div class="card"><h2>Parts</h2><${Answer} of=${health}>${({ parts }) => html`<${Table} label="Parts" rows=${parts} columns=${[
      { name: 'part', of: (p) => p.name }, { name: 'is', of: (p) => html`<${Badge}>${p.state}<//>` }, { name: 'what', of: (p) => p.detail }]} />`}<//></div>
    <${Ledger} />
    <div class="card"><h2>Events that there are</h2><${Answer} of=${schemas}>${({ items }) => html`<${Table} label="Schema catalogue" rows=${items} columns=${[
      { name: 'type', of: (s) => html`<a href=${`/v1/schemas/${s.type}`}>${s.type}</a>` }, { name: 'strategy', of: (s) => s.strategy }, { name: 'subject', of: (s) => html`<code>${s.subject}</code>` }, { name: 'table', of: (s) => s.table ?? '–' }]} />`}<//></div>
    <div class="card"><h2>Config in effect</h2><p class="quiet">Secrets are four stars.</p><${Answer} of=${config}>${({ settings }) => html`<details><summary>${Object.keys(settings).length} settings</summary><${Table} stack=${false} label="Settings" rows=${Object.entries(settings)} columns=${[{ name: 'setting', of: ([name]) => html`<code>${name}</code>` }, { name: 'value', of: ([, value]) => html`<code>${String(value)}</code>` }]} /></details>`}<//></div>
    <${Key} />`;
}
