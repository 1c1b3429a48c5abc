// Generations of the stores: plan, run, verify, switch, roll back.
import { useState } from 'preact/hooks';
import { send, work } from '../api.js';
import { html, Answer, Badge, Confirm, Empty, Failure, Notice, Table, Time, count, useAnswer, json } from '../parts.js';

const GENERATIONS = '/v1/admin/generations';

function Job({ job }) {
  return html`<div class="card"><div class="row spread"><b>${job.kind}</b><span><${Badge}>${job.state}<//> <span class="quiet">job ${job.id}, by ${job.by}, <${Time} at=${job.started_at} /></span></span></div>
    ${job.state === 'running' && html`<label class="block">${job.phase || 'beginning'}: ${count(job.done)}${job.total > 0 ? ` of ${count(job.total)}` : ''}<progress max=${job.total || undefined} value=${job.total ? job.done : undefined}></progress></label>`}
    ${job.problem && html`<${Notice} tone="bad">${job.problem}<//>`}
    ${job.result && html`<details><summary>report</summary>${json(job.result)}</details>`}</div>`;
}

function Cost({ plan }) {
  const { cost, model } = plan;
  return html`<${Notice} tone="good">Plan for <b>${model}</b>: ${count(cost.texts)} texts of ${count(cost.events)} artifacts, ${count(cost.distinct)} of them distinct, ${cost.are_tokens_exact ? '' : 'about '}${count(cost.tokens)} tokens,
    some ${cost.minutes < 1 ? `${Math.ceil(cost.minutes * 60)} seconds` : `${Math.ceil(cost.minutes)} minutes`} at ${count(Math.round(cost.texts_per_second))} texts/s as measured now.<//>`;
}

function Plan({ onBegun }) {
  const [problem, setProblem] = useState();
  const [store, setStore] = useState('postgres');
  const [model, setModel] = useState('');
  const [plan, setPlan] = useState();
  const begin = (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    const body = { share: Number(form.get('share')), accept_gap: form.has('accept_gap'), switch: form.has('switch'),
      ...(store === 'postgres' ? { from_archive: form.has('from_archive') } : { model: model || undefined }) };
    setProblem(undefined);
    send('POST', `${GENERATIONS}/${store}/rebuild`, body).then(onBegun).catch(setProblem);
  };
  const cost = () => work(`${GENERATIONS}/qdrant/rebuild`, { model, dry_run: true }).then(setPlan).catch(setProblem).finally(onBegun);
  return html`<div class="card"><h2>Build a new generation</h2><p class="quiet">It is filled beside the live one, compared with it, and only then shown to readers. The one before stays and follows, so that you can go back at any time.</p>
    <form class="filters" onSubmit=${begin}>
      <label>Store<select value=${store} onChange=${(e) => { setStore(e.target.value); setPlan(undefined); }}><option>postgres</option><option>qdrant</option></select></label>
      <label>Share of the time, from 0.05 to 1<input class="short" type="number" name="share" min="0.05" max="1" step="0.05" value="0.5" /></label>
      ${store === 'qdrant' && html`<label>Another model<input value=${model} onInput=${(e) => setModel(e.target.value)} placeholder="as now" /></label>`}
      <label class="check"><input type="checkbox" name="switch" checked /> switch when verified</label>
      <label class="check"><input type="checkbox" name="accept_gap" /> accept a gap</label>
      ${store === 'postgres' && html`<label class="check"><input type="checkbox" name="from_archive" /> read the archive first</label>`}
      ${store === 'qdrant' && model && html`<button type="button" onClick=${cost}>What would it cost?</button>`}
      <button class="main">Rebuild ${store}</button>
    </form>${plan && html`<${Cost} plan=${plan} />`}${problem && html`<${Failure} problem=${problem} />`}</div>`;
}

function Verify({ onBegun, ask }) {
  const [report, setReport] = useState();
  const [problem, setProblem] = useState();
  const [busy, setBusy] = useState(false);
  const run = (repair) => {
    setBusy(true);
    setProblem(undefined);
    const done = work('/v1/admin/verify', { repair }).then(setReport).catch(setProblem).finally(() => { setBusy(false); onBegun(); });
    onBegun();
    return done;
  };
  return html`<div class="card"><div class="row spread"><h2>Do the topics and the stores agree?</h2><button disabled=${busy} onClick=${() => run(false)}>${busy ? 'Comparing …' : 'Verify now'}</button></div>
    ${problem && html`<${Failure} problem=${problem} />`}
    ${report && html`<${Notice} tone=${report.good ? 'good' : 'bad'}>${report.found === 0 ? 'They agree: nothing is missing, extra, stale or different.' : `${count(report.found)} found, ${count(report.mended)} mended.`}<//>
      ${report.found > report.mended && html`<p><button onClick=${() => ask({ title: 'Repair', name: 'repair', text: 'What differs is written again from the topics; nothing else is touched.', run: () => run(true) })}>Repair these</button></p>`}
      <details><summary>the comparisons</summary>${json(report.comparisons)}</details>`}</div>`;
}

function Actions({ generation, hasOther, ask, act }) {
  const base = `${GENERATIONS}/${generation.store}`;
  const name = `${generation.store} ${generation.number}`;
  if (generation.state === 'live') {
    return hasOther && html`<button onClick=${() => ask({ title: 'Roll back', name: generation.store, text: 'Readers see again what they saw before the last switch. Nothing is lost: that generation has followed.', run: () => act(`${base}/rollback`) })}>Roll back</button>`;
  }
  return html`<span class="row">
    ${generation.state === 'following' && html`<button onClick=${() => ask({ title: 'Switch', name, text: `Readers see generation ${generation.number} from then on.`, run: () => act(`${base}/switch`, { number: generation.number }) })}>Switch</button>`}
    <button class="danger" onClick=${() => ask({ title: 'Drop', name, text: 'It is removed with all that it holds.', run: () => act(`${base}/drop`, { number: generation.number }) })}>Drop</button></span>`;
}

export function Rebuild() {
  const generations = useAnswer(GENERATIONS, {}, 3000);
  const jobs = useAnswer('/v1/admin/jobs', {}, 1000);
  const [asked, ask] = useState();
  const reload = () => { generations.reload(); jobs.reload(); };
  const act = (path, body) => send('POST', path, body).then(reload);
  const hasOther = (one) => generations.data.items.some((g) => g.store === one.store && g.state === 'following');
  return html`
    <div class="card"><h2>Generations</h2><${Answer} of=${generations}>${({ items }) => html`<${Table} label="Generations" rows=${items} columns=${[
      { name: 'store', of: (g) => g.store }, { name: 'number', number: true, of: (g) => g.number }, { name: 'is', of: (g) => html`<${Badge}>${g.state}<//>` },
      { name: 'behind', number: true, of: (g) => count(g.behind) }, { name: 'what', of: (g) => g.detail }, { name: 'since', of: (g) => html`<${Time} at=${g.started_at} />` },
      { name: 'do', of: (g) => html`<${Actions} generation=${g} hasOther=${hasOther(g)} ask=${ask} act=${act} />` },
    ]} />`}<//></div>
    <${Plan} onBegun=${reload} />
    <${Verify} onBegun=${reload} ask=${ask} />
    <h2>Jobs</h2><${Answer} of=${jobs}>${({ items }) => (items.length === 0 ? html`<${Empty}>None has run since the service started.<//>` : items.map((job) => html`<${Job} key=${job.id} job=${job} />`))}<//>
    ${asked && html`<${Confirm} title=${asked.title} name=${asked.name} action=${asked.run} onCancel=${() => ask(undefined)} onDone=${() => { ask(undefined); reload(); }}><p>${asked.text}</p><//>`}`;
}
