// By meaning, with facts: what is like this, and how does it do?
import { html, Answer, Badge, Empty, Time, fields, percent, span, useAnswer, json } from '../parts.js';

const TYPES = ['tool', 'function', 'workflow', 'sub_workflow', 'plan', 'prompt', 'pattern', 'code_fix', 'performance', 'evaluation'];

function Facts({ facts }) {
  if (!facts) return null;
  return html`<div class="legend">
    <span>open bugs <b>${facts.open_bugs}</b>${facts.open_critical_bugs > 0 && html` <${Badge}>critical<//>`}</span>
    <span>failures <b>${facts.failures}</b></span>
    ${facts.p95_latency_ms !== null && facts.p95_latency_ms !== undefined && html`<span>p95 <b>${span(facts.p95_latency_ms / 1000)}</b></span>`}
    ${facts.success_rate !== null && facts.success_rate !== undefined && html`<span>success <b>${percent(facts.success_rate)}</b></span>`}
  </div>`;
}

function Hit({ hit }) {
  return html`<article class="card">
    <div class="row spread"><h2><a href=${hit.tool_id ? `#/tools/${encodeURIComponent(hit.tool_id)}` : `#/trace/${encodeURIComponent(hit.event_id ?? '')}`}>${hit.name || hit.artifact_id}</a></h2>
      <span class="row"><${Badge}>${hit.type}<//><${Badge}>${hit.fit}<//><span class="number">${hit.score.toFixed(3)}</span></span></div>
    <p>${(hit.description || hit.why?.text || hit.content || '').slice(0, 320)}</p>
    <${Facts} facts=${hit.facts} />
    <details><summary>why it is here</summary>${json(hit.why)}</details>
    <p class="quiet">${hit.event_id && html`<a href=${`#/trace/${encodeURIComponent(hit.event_id)}`}>the event that it came from</a>, `}<${Time} at=${hit.event_time} />${hit.model && `, embedded by ${hit.model}`}</p>
  </article>`;
}

export function Search({ parameters, go }) {
  const answer = useAnswer(parameters.text && '/v1/artifacts/similar', { facts: 'true', limit: 20, ...parameters });
  const look = (event) => { event.preventDefault(); go('search', fields(event.target)); };
  return html`
    <form class="filters" onSubmit=${look} role="search">
      <label class="wide">What do you look for?<input name="text" required value=${parameters.text ?? ''} placeholder="parse json" /></label>
      <label>Type<select name="type"><option></option>${TYPES.map((type) => html`<option selected=${type === parameters.type}>${type}</option>`)}</select></label>
      <label>Open critical bugs<select name="max_open_critical_bugs"><option></option><option value="0" selected=${parameters.max_open_critical_bugs === '0'}>none</option></select></label>
      <label>p95 under, ms<input type="number" min="0" name="max_p95_latency_ms" value=${parameters.max_p95_latency_ms ?? ''} /></label>
      <label>Success over<input type="number" min="0" max="1" step="0.01" name="min_success_rate" value=${parameters.min_success_rate ?? ''} placeholder="0.9" /></label>
      <button class="main">Search</button>
    </form>
    ${!parameters.text && html`<${Empty}>In your own words: the search is by meaning, and finds names in code too.<//>`}
    ${parameters.text && html`<${Answer} of=${answer}>${({ items }) => (items.length === 0 ? html`<${Empty}>Nothing is like that with these filters.<//>` : items.map((hit) => html`<${Hit} hit=${hit} />`))}<//>`}`;
}
