// One tool: what is known of it, where it comes from, what is wrong along that line, and what helped before.
import { useState } from 'preact/hooks';
import dagre from 'dagre';
import { html, Answer, Badge, Empty, Table, Time, count, json, percent, span, useAnswer, useNarrow } from '../parts.js';
import { Sparkline } from './chart.js';
import { Facts, Hit } from './search.js';
import { Bugs } from './bugs.js';

const WIDTH = 176;
const HEIGHT = 52;
/** More would be a picture of nothing. */
const DRAWN = 60;

/** What figures of tools are taken over. */
export const SPANS = [['1d', 'the last day'], ['7d', 'the last week'], ['30d', 'the last 30 days'], ['3650d', 'all time']];
export const WEEK = '7d';
export const spanName = (since) => SPANS.find(([key]) => key === since)?.[1] ?? `the last ${since}`;

const link = (page, id) => `#/${page}/${encodeURIComponent(id)}`;
const toolPath = (id, since) => `${link('tools', id)}${since && since !== WEEK ? `?since=${since}` : ''}`;
export const toolLink = (id, since) => html`<a href=${toolPath(id, since)}>${id}</a>`;
const short = (text) => (text.length > 22 ? `${text.slice(0, 21)}…` : text);
const away = (level) => (level === 0 ? 'itself' : level < 0 ? `${-level} up` : `${level} down`);

function layout(nodes, edges, narrow) {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: narrow ? 'TB' : 'LR', nodesep: 18, ranksep: 48, marginx: 6, marginy: 6 });
  graph.setDefaultEdgeLabel(() => ({}));
  nodes.forEach((node) => graph.setNode(node.tool_id, { width: WIDTH, height: HEIGHT }));
  edges.forEach((edge) => graph.setEdge(edge.parent_tool_id, edge.child_tool_id));
  dagre.layout(graph);
  return graph;
}

function Member({ node, tool, since, x, y }) {
  const facts = node.facts ?? {};
  const tone = facts.open_critical_bugs > 0 ? 'bad' : facts.open_bugs > 0 ? 'warn' : '';
  return html`<a href=${toolPath(node.tool_id, since)}><g class=${`node ${tone} ${node.tool_id === tool ? 'me' : ''}`} transform=${`translate(${x - WIDTH / 2},${y - HEIGHT / 2})`}>
    <rect width=${WIDTH} height=${HEIGHT} rx="9" /><text x=${WIDTH / 2} y="22" text-anchor="middle">${short(node.tool_id)}</text>
    <text class="small" x=${WIDTH / 2} y="40" text-anchor="middle">${count(facts.open_bugs ?? 0)} bugs, ${count(facts.failures ?? 0)} failures</text></g></a>`;
}

function Family({ lineage, tool, since }) {
  const narrow = useNarrow();
  const nodes = lineage.nodes.slice(0, DRAWN);
  const drawn = new Set(nodes.map((node) => node.tool_id));
  const edges = lineage.edges.filter((edge) => drawn.has(edge.parent_tool_id) && drawn.has(edge.child_tool_id));
  const graph = layout(nodes, edges, narrow);
  const { width, height } = graph.graph();
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Ancestry as a graph; the table below has the same">
    <svg class="graph" style=${`min-width:${narrow ? 0 : Math.min(width, 620)}px;max-width:${width}px`} viewBox=${`0 0 ${width} ${height}`} role="group" aria-label=${`What ${tool} descends from, and what descends from it`}>
    <defs><marker id="tip2" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" /></marker></defs>
    ${edges.map((edge) => html`<path d=${graph.edge(edge.parent_tool_id, edge.child_tool_id).points.map((p, i) => `${i ? 'L' : 'M'}${p.x},${p.y}`).join('')} marker-end="url(#tip2)"><title>${edge.relationship_type}</title></path>`)}
    ${nodes.map((node) => html`<${Member} node=${node} tool=${tool} since=${since} ...${graph.node(node.tool_id)} />`)}</svg></div>`;
}

function Lineage({ tool, since }) {
  const lineage = useAnswer(`/v1/lineage/${encodeURIComponent(tool)}`, { facts_since: since });
  return html`<div class="card"><h2>What it descends from, and what came of it</h2><${Answer} of=${lineage}>${(data) => (data.nodes.length < 2
    ? html`<${Empty}>No parents or children are recorded. Tools tell of them by <code>ancestry</code> events.<//>` : html`
    <p>If it is bad, ${count(data.blast_radius.tools)} ${data.blast_radius.tools === 1 ? 'tool is' : 'tools are'} touched, with ${count(data.blast_radius.open_bugs)} open bugs and ${count(data.blast_radius.failures)} failures in ${spanName(since)}.</p>
    <${Family} lineage=${data} tool=${tool} since=${since} />
    <details open=${data.nodes.length <= 12}><summary>${count(data.nodes.length)} tools as a table${data.truncated ? '; there are more' : ''}</summary><${Table} label="Ancestry" rows=${data.nodes} columns=${[
      { name: 'tool', of: (n) => toolLink(n.tool_id, since) },
      { name: 'steps away', of: (n) => away(n.level) },
      { name: 'open bugs', number: true, of: (n) => count(n.facts?.open_bugs ?? 0) },
      { name: 'failures', number: true, of: (n) => count(n.facts?.failures ?? 0) },
      { name: 'p95', number: true, of: (n) => (n.facts?.p95_latency_ms === undefined ? '–' : span(n.facts.p95_latency_ms / 1000)) },
      { name: 'success', number: true, of: (n) => percent(n.facts?.success_rate) },
    ]} /></details>`)}<//></div>`;
}

function Fixes({ fingerprint }) {
  const fixes = useAnswer('/v1/known-fixes', { fingerprint, limit: 5 });
  return html`<${Answer} of=${fixes}>${({ asked, items, resolved_before: before }) => html`
    ${before.length > 0 && html`<h3>Bugs of this kind that were resolved</h3><ul>${before.map((bug) => html`<li><b>${bug.bug_id}</b> of ${toolLink(bug.tool_id)}, <${Time} at=${bug.resolved_at} />${bug.note && `: ${bug.note}`}</li>`)}</ul>`}
    ${items.length === 0 ? html`<${Empty}>No fix and no pattern like it has been stored. <a href=${`#/search?text=${encodeURIComponent(asked.text.slice(0, 300))}`}>Search everything for it</a>.<//>` : items.map((hit) => html`<${Hit} key=${hit.artifact_id} hit=${hit} />`)}`}<//>`;
}

function Storms({ tool }) {
  const groups = useAnswer('/v1/failures/groups', { tool_id: tool, since: '3650d', by: 'count', limit: 20 });
  const [opened, setOpened] = useState();
  return html`<div class="card"><h2>Failures, folded</h2><${Answer} of=${groups}>${({ items }) => (items.length === 0 ? html`<${Empty}>None is recorded.<//>` : html`<${Table} label="Groups of failures" rows=${items} columns=${[
    { name: 'what', of: (g) => html`<code class="wrap">${g.message.slice(0, 240)}</code>` },
    { name: 'times', number: true, of: (g) => count(g.count) },
    { name: 'first', of: (g) => html`<${Time} at=${g.first_seen} />` },
    { name: 'last', of: (g) => html`<${Time} at=${g.last_seen} />` },
    { name: 'what helped', of: (g) => html`${g.regressed && html`<${Badge}>regressed<//> `}<button class="link" aria-expanded=${opened === g.fingerprint} onClick=${() => setOpened(opened === g.fingerprint ? undefined : g.fingerprint)}>known fixes</button>` },
  ]} />${opened && html`<h3>What helped with something like it before</h3><${Fixes} key=${opened} fingerprint=${opened} />`}`)}<//></div>`;
}

function Performance({ tool }) {
  const series = useAnswer('/v1/performance/aggregates', { tool_id: tool, bucket: '1d', since: '3650d' });
  return html`<div class="card"><div class="row spread"><h2>Performance by day</h2><a href=${`#/performance?tool_id=${encodeURIComponent(tool)}`}>the figures</a></div>
    <${Answer} of=${series}>${({ items }) => (items.length === 0 ? html`<${Empty}>No figures.<//>` : html`<ul class="plain">${Object.entries(Object.groupBy(items, (i) => i.metric_name)).slice(0, 6)
      .map(([metric, points]) => html`<li><span>${metric}, p50</span><${Sparkline} values=${points.map((p) => p.p50)} label=${`${metric} by day`} /></li>`)}</ul>`)}<//></div>`;
}

const named = (relatives = []) => relatives.filter((one) => one.how === 'name');

function Versions({ tool }) {
  const versions = useAnswer(`/v1/tools/${encodeURIComponent(tool)}/versions`, { limit: 50 });
  return html`<div class="card"><h2>Versions</h2><${Answer} of=${versions}>${({ items, relatives }) => html`${items.length === 0 ? html`<${Empty}>None is recorded.<//>` : html`<${Table} label="Versions" rows=${items} columns=${[
    { name: 'version', of: (v) => (v.label ? `${v.version} (${v.label})` : v.version) },
    { name: 'at', of: (v) => html`<${Time} at=${v.event_time} />` },
    { name: 'changed', of: (v) => v.changed.join(', ') },
    { name: 'lines', of: (v) => (v.lines_added === undefined ? '' : `+${v.lines_added} −${v.lines_removed}`) },
    { name: 'event', of: (v) => html`<a href=${link('trace', v.event_id)}>trace</a>` },
  ]} />`}${named(relatives).length > 0 && html`<p>By their names versions of it too: ${named(relatives).map((one) => html`${toolLink(one.tool_id)} `)}</p>`}`}<//></div>`;
}

function Definition({ row }) {
  return html`<p>${row.tool_name} <${Badge}>${row.tool_type}<//> <span class="quiet">as of <${Time} at=${row.event_time} /></span></p>
    ${(row.tool_yaml || row.tool_code) && html`<details><summary>definition</summary>${row.tool_yaml && json(row.tool_yaml)}${row.tool_code && json(row.tool_code)}</details>`}`;
}

export function Tool({ tool, since = WEEK, go }) {
  const page = useAnswer(`/v1/tools/${encodeURIComponent(tool)}`, { facts_since: since });
  return html`<form class="filters spread"><a href=${`#/tools?since=${since}`}>all tools</a>
      <label>Figures of<select value=${since} onChange=${(e) => go(`tools/${encodeURIComponent(tool)}`, { since: e.target.value })}>${SPANS.map(([key, text]) => html`<option value=${key}>${text}</option>`)}</select></label></form>
    <div class="card"><h2>${tool}</h2><${Answer} of=${page}>${(known) => html`
      ${known.tool ? html`<${Definition} row=${known.tool} />` : html`<${Empty}>It is not in the registry; it is known from its ${known.known_from.join(', ')}.<//>`}
      <p class="quiet">In ${spanName(since)}:</p><${Facts} facts=${known.facts} />`}<//></div>
    <${Lineage} tool=${tool} since=${since} />
    <${Storms} tool=${tool} />
    <${Bugs} tool=${tool} />
    <div class="split"><${Performance} tool=${tool} />${page.data?.registered && html`<${Versions} tool=${tool} />`}</div>`;
}
