// By meaning, with facts: what is like this, and how does it do?
import { html, Answer, Badge, Empty, Time, count, fields, percent, span, useAnswer } from '../parts.js';

const TYPES = ['tool', 'function', 'workflow', 'sub_workflow', 'plan', 'prompt', 'pattern', 'code_fix', 'performance', 'evaluation'];
const SHOWN = 320;

/** What PostgreSQL knows of the tool behind an artifact. */
export function Facts({ facts }) {
  if (!facts) return null;
  return html`<div class="legend">
    <span>open bugs <b>${count(facts.open_bugs)}</b>${facts.open_critical_bugs > 0 && html` <${Badge}>critical<//>`}</span>
    <span>failures <b>${count(facts.failures)}</b></span>
    ${facts.p95_latency_ms !== undefined && html`<span>p95 <b>${span(facts.p95_latency_ms / 1000)}</b></span>`}
    ${facts.success_rate !== undefined && html`<span>success <b>${percent(facts.success_rate)}</b></span>`}
  </div>`;
}

function Why({ why }) {
  if (!why) return null;
  const figures = [['meaning', why.meaning], ['meaning of the whole', why.whole], ['words', why.words_share]].filter(([, n]) => n !== undefined);
  return html`<details><summary>why it is here</summary>
    <p class="legend">${figures.map(([name, n]) => html`<span>${name} <b>${percent(n)}</b></span>`)}${why.chunk_count > 1 && html`<span class="quiet">part ${why.chunk_index + 1} of ${why.chunk_count} fits best:</span>`}</p>
    <pre tabindex="0">${(why.chunk_text ?? '').slice(0, 1200)}</pre></details>`;
}

export function Hit({ hit }) {
  return html`<article class="card">
    <div class="row spread"><h2>${hit.tool_id ? html`<a href=${`#/tools/${encodeURIComponent(hit.tool_id)}`}>${hit.name || hit.artifact_id}</a>` : hit.name || hit.artifact_id}</h2>
      <span class="row"><${Badge}>${hit.artifact_type}<//><${Badge}>${hit.fit}<//><span class="number" title="score, 0 to 1">${hit.score.toFixed(3)}</span></span></div>
    <p>${(hit.description || hit.content || '').slice(0, SHOWN)}</p>
    <${Facts} facts=${hit.facts} />
    <${Why} why=${hit.why} />
    <p class="quiet">${hit.event_id && html`<a href=${`#/trace/${encodeURIComponent(hit.event_id)}`}>the event that it came from</a>, `}<${Time} at=${hit.event_time} />${hit.embedding_model && `, embedded by ${hit.embedding_model}`}</p>
  </article>`;
}

function Form({ parameters, go }) {
  const look = (event) => { event.preventDefault(); go('search', fields(event.target)); };
  return html`<form class="filters" onSubmit=${look} role="search">
    <label class="wide">What do you look for?<input name="text" required value=${parameters.text ?? ''} placeholder="parse json" /></label>
    <label>Type<select name="type" value=${parameters.type ?? ''}><option value="">any</option>${TYPES.map((type) => html`<option>${type}</option>`)}</select></label>
    <label>Open critical bugs<select name="max_open_critical_bugs" value=${parameters.max_open_critical_bugs ?? ''}><option value="">any</option><option value="0">none</option></select></label>
    <label>p95 under, ms<input class="short" type="number" min="0" name="max_p95_latency_ms" value=${parameters.max_p95_latency_ms ?? ''} /></label>
    <label>Success over<input class="short" type="number" min="0" max="1" step="0.01" name="min_success_rate" value=${parameters.min_success_rate ?? ''} placeholder="0.9" /></label>
    <button class="main">Search</button>
  </form>`;
}

export function Search({ parameters, go }) {
  const answer = useAnswer(parameters.text && '/v1/artifacts/similar', { facts: 'true', limit: 10, ...parameters });
  return html`<${Form} parameters=${parameters} go=${go} />
    ${!parameters.text && html`<${Empty}>In your own words: the search is by meaning, and finds names in code too. Filters look at what the tools did, for example only tools without open critical bugs.<//>`}
    ${parameters.text && html`<div aria-live="polite"><${Answer} of=${answer}>${({ items }) => (items.length === 0 ? html`<${Empty}>Nothing is like that with these filters.<//>` : items.map((hit) => html`<${Hit} key=${hit.artifact_id} hit=${hit} />`))}<//></div>`}`;
}
