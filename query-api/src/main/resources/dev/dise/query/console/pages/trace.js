// Where is my event? Every hop of one id.
import { html, Answer, Badge, Empty, Notice, Time, count, json, span, useAnswer } from '../parts.js';

const POINTS_SHOWN = 3;
const place = (topic, partition, offset) => `${topic}, partition ${partition}, offset ${count(offset)}`;
const plural = (n, one, many) => `${count(n)} ${n === 1 ? one : many}`;

/** Records of one topic that follow one another are told as one hop. */
function topicHops(trace) {
  const byTopic = Object.groupBy(trace.sightings, (sighting) => sighting.topic);
  return Object.entries(byTopic).map(([topic, seen]) => ({
    name: topic, at: seen[0].appended_at,
    text: seen.length > 1 ? plural(seen.length, 'record', 'records') : '',
    places: seen.slice(0, POINTS_SHOWN).map((s) => `${place(s.topic, s.partition, s.offset)}${s.what === 'event' ? '' : `: ${s.what}`}`),
    more: seen.length - POINTS_SHOWN,
    detail: seen[0].record,
  }));
}

function rowHops(trace) {
  return trace.rows.map((row) => ({ name: `PostgreSQL, table ${row.table}`, at: row.ingested_at, text: `row ${count(row.id)}`,
    places: row.source_topic ? [`from ${place(row.source_topic, row.source_partition, row.source_offset)}`] : [] }));
}

function pointHops(trace) {
  if (trace.points.length === 0) return [];
  return [{ name: 'Qdrant', text: `${plural(trace.points.length, 'point', 'points')} of ${trace.points[0].type} ${trace.points[0].artifact_id}`,
    places: trace.points.slice(0, POINTS_SHOWN).map((p) => `point ${p.id}`), more: trace.points.length - POINTS_SHOWN }];
}

function letterHops(trace) {
  return trace.letters.map((letter) => ({ name: `dead letter: ${letter.reason}`, bad: true, at: letter.at, text: letter.message, places: [letter.source],
    link: letter.id && [`#/letters/${encodeURIComponent(letter.id)}`, 'look at it, mend it, send it again'] }));
}

function Hop({ hop }) {
  return html`<li class=${hop.bad ? 'bad' : ''}>
    <div class="row spread"><b>${hop.name}</b>${hop.at && html`<span class="quiet"><${Time} at=${hop.at} /></span>`}</div>
    ${hop.text && html`<div>${hop.text}</div>`}
    ${hop.places?.map((one) => html`<div><code>${one}</code></div>`)}
    ${hop.more > 0 && html`<div class="quiet">and ${count(hop.more)} more</div>`}
    ${hop.link && html`<div><a href=${hop.link[0]}>${hop.link[1]}</a></div>`}
    ${hop.detail && html`<details><summary>raw record</summary>${json(hop.detail)}</details>`}
  </li>`;
}

function Way({ trace }) {
  const { event, route } = trace;
  const hops = [
    event && { name: 'emitted', at: event.time, text: `${event.type} about ${event.subject}, by ${event.source}, ${count(event.bytes)} bytes` },
    ...topicHops(trace), ...rowHops(trace), ...pointHops(trace), ...letterHops(trace)].filter(Boolean);
  return html`
    <div class="card"><h2><code class="wrap">${trace.id}</code></h2>
      <p class="row">${event && html`<${Badge}>${event.type}<//>`}${trace.stores.map((s) => html`<span>${s.store} <${Badge}>${s.state}<//></span>`)}</p>
      ${route && html`<p>Routed as <b>${route.strategy.toLowerCase()}</b> to ${route.topics.map((t) => html`<code>${t}</code> `)}<span class="quiet">by ${route.rule}.</span></p>`}
      ${trace.notes.map((note) => html`<${Notice}>${note}<//>`)}
      <ol class="steps">${hops.map((hop) => html`<${Hop} hop=${hop} />`)}</ol>
    </div>
    <div class="card"><h2>How long each hop took</h2>${trace.latencies.length === 0 ? html`<${Empty}>Not known.<//>` : html`<ul class="plain">${trace.latencies.map((l) => html`<li>${l.from} → ${l.to} <b class="number">${span(l.millis / 1000)}</b></li>`)}</ul>`}
      <details><summary>where it was looked for</summary>${json(trace.searched)}</details></div>`;
}

export function Trace({ rest, parameters, go }) {
  const id = rest[0] ?? parameters.id;
  const answer = useAnswer(id && `/v1/events/${encodeURIComponent(id)}/trace`, { raw: 'true' });
  const look = (event) => { event.preventDefault(); go(`trace/${encodeURIComponent(event.target.id.value.trim())}`); };
  return html`
    <form class="filters" onSubmit=${look} role="search"><label class="wide">Id of an event<input name="id" required value=${id ?? ''} placeholder="0197f0c2-…" /></label><button class="main">Trace</button></form>
    ${!id && html`<${Empty}>An emitter's receipt, the event_id of a row and that of a hit all lead here. <a href="#/events">Watch events pass</a> to pick one.<//>`}
    ${id && html`<${Answer} of=${answer}>${(trace) => (trace.found ? html`<${Way} trace=${trace} />` : html`<${Notice} tone="warn">It was found nowhere.<//><div class="card"><h2>Where it was looked for</h2>${trace.notes.map((note) => html`<p>${note}</p>`)}${json(trace.searched)}</div>`)}<//>`}`;
}
