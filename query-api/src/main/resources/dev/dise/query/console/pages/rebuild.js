// Generations of the stores: plan, run, switch, roll back.
import { useState } from 'preact/hooks';
import { send } from '../api.js';
import { html, Answer, Badge, Confirm, Empty, Failure, Notice, Table, Time, count, useAnswer, json } from '../parts.js';

function Job({ job }) {
  return html`<div class="card"><div class="row spread"><b>${job.kind}</b><span><${Badge}>${job.state}<//> <span class="quiet">job ${job.id}, by ${job.by}, <${Time} at=${job.started_at} /></span></span></div>
    ${job.state === 'running' && html`<label class="wide">${job.phase || 'beginning'}: ${count(job.done)}${job.total > 0 ? ` of ${count(job.total)}` : ''}<progress max=${job.total || undefined} value=${job.total ? job.done : undefined}></progress></label>`}
    ${job.problem && html`<${Notice} tone="bad">${job.problem}<//>`}
    ${job.result && html`<details><summary>report</summary>${json(job.result)}</details>`}</div>`;
}

function Plan({ onBegun }) {
  const [problem, setProblem] = useState();
  const [store, setStore] = useState('postgres');
  const begin = (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    const body = { share: Number(form.get('share')), accept_gap: form.has('accept_gap'), from_archive: form.has('from_archive'), switch: form.has('switch'), model: form.get('model') || undefined };
    setProblem(undefined);
    send('POST', `/v1/admin/generations/${store}/rebuild`, body).then(onBegun).catch(setProblem);
  };
  return html`<div class="card"><h2>Build a new generation</h2><p class="quiet">It is filled beside the live one, compared with it, and only then shown to readers. The one before stays, so that you can go back.</p>
    <form class="filters" onSubmit=${begin}>
      <label>Store<select value=${store} onChange=${(e) => setStore(e.target.value)}><option>postgres</option><option>qdrant</option></select></label>
      <label>Share of the time while live traffic waits<input type="number" name="share" min="0.05" max="1" step="0.05" value="0.5" /></label>
      ${store === 'qdrant' && html`<label>Another model<input name="model" placeholder="as now" /></label>`}
      <label class="check"><input type="checkbox" name="switch" checked /> switch when verified</label>
      <label class="check"><input type="checkbox" name="accept_gap" /> accept a gap</label>
      ${store === 'postgres' && html`<label class="check"><input type="checkbox" name="from_archive" /> read the archive first</label>`}
      <button class="main">Rebuild ${store}</button>
    </form>${problem && html`<${Failure} problem=${problem} />`}</div>`;
}

export function Rebuild() {
  const generations = useAnswer('/v1/admin/generations', {}, 3000);
  const jobs = useAnswer('/v1/admin/jobs', {}, 1000);
  const [asked, setAsked] = useState();
  const [problem, setProblem] = useState();
  const reload = () => { generations.reload(); jobs.reload(); };
  const act = (path, body) => send('POST', path, body).then(reload);
  const base = (g) => `/v1/admin/generations/${g.store}`;
  return html`
    <div class="card"><h2>Generations</h2><${Answer} of=${generations}>${({ items }) => html`<${Table} label="Generations" rows=${items} columns=${[
      { name: 'store', of: (g) => g.store }, { name: 'number', number: true, of: (g) => g.number }, { name: 'is', of: (g) => html`<${Badge}>${g.state}<//>` },
      { name: 'behind', number: true, of: (g) => count(g.behind) }, { name: 'what', of: (g) => g.detail }, { name: 'since', of: (g) => html`<${Time} at=${g.started_at} />` },
      { name: 'do', of: (g) => (g.state === 'live' ? html`<button onClick=${() => setAsked({ title: 'Roll back', name: g.store, text: 'Readers see again what they saw before the last switch. Nothing is lost: that generation has followed.', run: () => act(`${base(g)}/rollback`) })}>Roll back</button>`
        : html`<span class="row">${g.state === 'following' && html`<button onClick=${() => setAsked({ title: 'Switch', name: g.store, text: `Readers see generation ${g.number} from then on.`, run: () => act(`${base(g)}/switch`, { number: g.number }) })}>Switch</button>`}
          <button class="danger" onClick=${() => setAsked({ title: 'Drop', name: `${g.store} ${g.number}`, text: 'It is removed with all that it holds.', run: () => act(`${base(g)}/drop`, { number: g.number }) })}>Drop</button></span>`) },
    ]} />`}<//>${problem && html`<${Failure} problem=${problem} />`}</div>
    <${Plan} onBegun=${reload} />
    <h2>Jobs</h2><${Answer} of=${jobs}>${({ items }) => (items.length === 0 ? html`<${Empty}>None has run since the service started.<//>` : items.map((job) => html`<${Job} key=${job.id} job=${job} />`))}<//>
    ${asked && html`<${Confirm} title=${asked.title} name=${asked.name} action=${asked.run} onCancel=${() => setAsked(undefined)} onDone=${() => { setAsked(undefined); setProblem(undefined); reload(); }}><p>${asked.text}</p><//>`}`;
}
