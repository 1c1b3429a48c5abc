// Which tools there are, which of them fail, where one comes from, and what helped before.
import { useState } from 'preact/hooks';
import { html, Answer, Badge, Empty, Table, Time, count, fields, percent, span, useAnswer } from '../parts.js';
import { SPANS, Tool, WEEK, spanName, toolLink } from './tool.js';

const ALL_TIME = '3650d';
const FIGURES = [['failures', 'fail most'], ['open_bugs', 'have most open bugs'], ['p95_latency_ms', 'are slowest'], ['success_rate', 'succeed least']];
const nameOf = (pairs, key) => pairs.find(([one]) => one === key)?.[1] ?? key;

function Ranked({ items, since }) {
  return html`<${Table} label="Tools, the worst first" rows=${items} columns=${[
    { name: 'tool', of: (t) => toolLink(t.tool_id, since) },
    { name: 'failures', number: true, of: (t) => count(t.facts.failures) },
    { name: 'open bugs', number: true, of: (t) => html`${count(t.facts.open_bugs)}${t.facts.open_critical_bugs > 0 && html` <${Badge}>critical<//>`}` },
    { name: 'success', number: true, of: (t) => percent(t.facts.success_rate) },
    { name: 'p95', number: true, of: (t) => (t.facts.p95_latency_ms === undefined ? '–' : span(t.facts.p95_latency_ms / 1000)) },
    { name: 'last failure', of: (t) => html`<${Time} at=${t.facts.last_failure} />` },
  ]} />`;
}

/** The worst tool in a sentence, so that nobody has to read the table. */
function Verdict({ tool, by, since }) {
  const said = { failures: `failed most: ${count(tool.facts.failures)} times`, open_bugs: `has most open bugs: ${count(tool.facts.open_bugs)}`,
    p95_latency_ms: `is slowest: ${span(tool.facts.p95_latency_ms / 1000)} at p95`, success_rate: `succeeds least: ${percent(tool.facts.success_rate)}` }[by];
  return html`<p><b>${toolLink(tool.tool_id, since)}</b> ${said} in ${spanName(since)}.</p>`;
}

/** Nothing happened lately: says when something did. */
function Quiet({ since, by }) {
  const ever = useAnswer(since === ALL_TIME ? undefined : '/v1/tools/ranking', { since: ALL_TIME, by, limit: 1 });
  const last = ever.data?.items[0]?.facts.last_failure;
  return html`<${Empty}>Nothing of that in ${spanName(since)}.${last && html` Something failed before, last <${Time} at=${last} />: <a href=${`#/tools?since=${ALL_TIME}&by=${by}`}>look at all time</a>.`}<//>`;
}

function Ranking({ since, by }) {
  const ranked = useAnswer('/v1/tools/ranking', { since, by, limit: 100 });
  return html`<div class="card"><h2>Which tools ${nameOf(FIGURES, by)}?</h2><${Answer} of=${ranked}>${({ items }) => (items.length === 0
    ? html`<${Quiet} since=${since} by=${by} />` : html`<${Verdict} tool=${items[0]} by=${by} since=${since} /><${Ranked} items=${items} since=${since} />`)}<//></div>`;
}

function Registry({ q }) {
  const [after, setAfter] = useState();
  const tools = useAnswer('/v1/tools', { q, after, limit: 50 });
  return html`<div class="card"><h2>${q ? `Registered tools with “${q}” in the name` : 'Registered tools'}</h2><${Answer} of=${tools}>${({ items, next }) => (items.length === 0 ? html`<${Empty}>None.<//>` : html`
    <${Table} label="Registered tools" rows=${items} columns=${[
      { name: 'tool', of: (t) => toolLink(t.tool_id) }, { name: 'name', of: (t) => t.tool_name }, { name: 'type', of: (t) => html`<${Badge}>${t.tool_type}<//>` }, { name: 'defined', of: (t) => html`<${Time} at=${t.event_time} />` }]} />
    <div class="row">${after && html`<button onClick=${() => setAfter(undefined)}>From the beginning</button>`}${next && html`<button onClick=${() => setAfter(next)}>More</button>`}</div>`)}<//></div>`;
}

export function Tools({ rest, parameters, go }) {
  const { since = WEEK, by = 'failures', q } = parameters;
  if (rest[0]) return html`<${Tool} key=${rest[0]} tool=${rest[0]} since=${since} go=${go} />`;
  const look = (event) => { event.preventDefault(); go('tools', fields(event.target)); };
  const select = (name, value, pairs) => html`<select name=${name} value=${value} onChange=${(e) => e.target.form.requestSubmit()}>${pairs.map(([key, text]) => html`<option value=${key}>${text}</option>`)}</select>`;
  return html`
    <form class="filters" onSubmit=${look} role="search">
      <label>Which tools${select('by', by, FIGURES)}</label><label>in${select('since', since, SPANS)}</label>
      <label class="wide">Name of a tool<input name="q" value=${q ?? ''} /></label><button>Look</button></form>
    ${!q && html`<${Ranking} since=${since} by=${by} />`}
    <${Registry} key=${q} q=${q} />`;
}
