// Where is my event? Every hop of one id.
import { html, Answer, Badge, Empty, Time, useAnswer, json, span } from '../parts.js';

function Hop({ hop }) {
  return html`<li class=${hop.state === 'missing' ? 'none' : hop.state === 'refused' ? 'bad' : ''}>
    <div class="row spread"><b>${hop.name}</b><span class="quiet">${hop.at && html`<${Time} at=${hop.at} />`} ${hop.after_seconds !== undefined && hop.after_seconds !== null && `after ${span(hop.after_seconds)}`}</span></div>
    <div>${hop.text}</div>
    ${hop.place && html`<div><code>${hop.place}</code></div>`}
    ${hop.detail && html`<details><summary>more</summary>${json(hop.detail)}</details>`}
  </li>`;
}

export function Trace({ rest, parameters, go }) {
  const id = rest[0] ?? parameters.id;
  const answer = useAnswer(id && `/v1/events/${encodeURIComponent(id)}/trace`);
  const look = (event) => { event.preventDefault(); go(`trace/${encodeURIComponent(event.target.id.value.trim())}`); };
  return html`
    <form class="filters" onSubmit=${look} role="search"><label class="wide">Id of an event<input name="id" required value=${id ?? ''} placeholder="0197f0c2-…" /></label><button class="main">Trace</button></form>
    ${!id && html`<${Empty}>An emitter's receipt, a row's event_id and a hit's event_id all lead here.<//>`}
    ${id && html`<${Answer} of=${answer}>${(trace) => html`<div class="card">
      <div class="row"><h2><code>${trace.event_id}</code></h2><${Badge}>${trace.type ?? 'unknown'}<//> <${Badge}>${trace.state}<//></div>
      <p>${trace.summary}</p>
      <ol class="steps">${trace.hops.map((hop) => html`<${Hop} hop=${hop} />`)}</ol>
    </div>`}<//>`}`;
}
