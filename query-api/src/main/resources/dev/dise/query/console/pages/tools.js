// The registry: each tool with its versions, where it comes from, how it does, and what is wrong with it.
import dagre from 'dagre';
import { html, Answer, Badge, Empty, Table, Time, count, fields, percent, span, useAnswer, json } from '../parts.js';
import { Sparkline } from './chart.js';

const WIDTH = 190;
const HEIGHT = 52;

function Ancestry({ lineage, tool }) {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 18, ranksep: 54, marginx: 6, marginy: 6 });
  graph.setDefaultEdgeLabel(() => ({}));
  lineage.nodes.forEach((node) => graph.setNode(node.tool_id, { width: WIDTH, height: HEIGHT }));
  lineage.edges.forEach((edge) => graph.setEdge(edge.parent_tool_id, edge.child_tool_id, { label: edge.relationship_type }));
  dagre.layout(graph);
  const { width, height } = graph.graph();
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Ancestry as a graph; the list below has the same">
    <svg class="graph" style=${`min-width:${Math.min(width, 640)}px;max-width:${Math.max(width, 220)}px`} viewBox=${`0 0 ${width} ${height}`} role="img" aria-label=${`What ${tool} descends from, and what descends from it`}>
    <defs><marker id="tip2" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" /></marker></defs>
    ${lineage.edges.map((edge) => html`<path d=${graph.edge(edge.parent_tool_id, edge.child_tool_id).points.map((p, i) => `${i ? 'L' : 'M'}${p.x},${p.y}`).join('')} marker-end="url(#tip2)"><title>${edge.relationship_type}</title></path>`)}
    ${lineage.nodes.map((node) => {
      const { x, y } = graph.node(node.tool_id);
      const tone = node.open_critical_bugs > 0 ? 'bad' : node.open_bugs > 0 ? 'warn' : '';
      return html`<a href=${`#/tools/${encodeURIComponent(node.tool_id)}`}><g class=${`node ${tone} ${node.tool_id === tool ? 'me' : ''}`} transform=${`translate(${x - WIDTH / 2},${y - HEIGHT / 2})`}>
        <rect width=${WIDTH} height=${HEIGHT} rx="9" /><text x=${WIDTH / 2} y="22" text-anchor="middle">${node.tool_id.length > 24 ? `${node.tool_id.slice(0, 23)}…` : node.tool_id}</text>
        <text class="small" x=${WIDTH / 2} y="40" text-anchor="middle">${node.open_bugs} bugs, ${node.failures} failures</text></g></a>`;
    })}
    </svg></div>`;
}

function Tool({ tool }) {
  const lineage = useAnswer(`/v1/lineage/${encodeURIComponent(tool)}`);
  const row = useAnswer('/v1/tools', { tool_id: tool });
  const bugs = useAnswer('/v1/bugs', { tool_id: tool, limit: 20 });
  const groups = useAnswer('/v1/failures/groups', { tool_id: tool, limit: 20 });
  const versions = useAnswer(`/v1/tools/${encodeURIComponent(tool)}/versions`);
  const series = useAnswer('/v1/performance/aggregates', { tool_id: tool, bucket: '1d', since: '90d' });
  return html`<p><a href="#/tools">all tools</a></p>
    <div class="card"><div class="row spread"><h2>${tool}</h2><a href=${`#/performance?tool_id=${encodeURIComponent(tool)}`}>performance</a></div>
      <${Answer} of=${row}>${({ items }) => (items[0] ? html`<p>${items[0].tool_name} <${Badge}>${items[0].tool_type}<//> <span class="quiet">since <${Time} at=${items[0].created_at} />, now as of <${Time} at=${items[0].updated_at} /></span></p>
        ${(items[0].tool_yaml || items[0].tool_code) && html`<details><summary>definition</summary>${json(items[0].tool_yaml ?? items[0].tool_code)}</details>`}` : html`<${Empty}>It is not in the registry; what is known of it comes from its events.<//>`)}<//>
    </div>
    <div class="card"><h2>Ancestry, and what is wrong along it</h2><${Answer} of=${lineage}>${(data) => (data.nodes.length < 2 ? html`<${Empty}>It has no recorded parents or children.<//>` : html`<${Ancestry} lineage=${data} tool=${tool} />
      <${Table} label="Ancestry" rows=${data.nodes} columns=${[
        { name: 'tool', of: (n) => html`<a href=${`#/tools/${encodeURIComponent(n.tool_id)}`}>${n.tool_id}</a>` },
        { name: 'generations away', number: true, of: (n) => (n.distance === 0 ? 'itself' : n.distance < 0 ? `${-n.distance} up` : `${n.distance} down`) },
        { name: 'open bugs', number: true, of: (n) => count(n.open_bugs) },
        { name: 'failures', number: true, of: (n) => count(n.failures) },
        { name: 'p95', number: true, of: (n) => (n.p95_latency_ms === null ? '–' : span(n.p95_latency_ms / 1000)) },
        { name: 'success', number: true, of: (n) => percent(n.success_rate) },
      ]} />`)}<//></div>
    <div class="split">
      <div class="card"><h2>Failures, folded</h2><${Answer} of=${groups}>${({ items }) => (items.length === 0 ? html`<${Empty}>None.<//>` : html`<${Table} label="Groups of failures" rows=${items} columns=${[
        { name: 'what', of: (g) => html`${g.message} <a href=${`#/search?text=${encodeURIComponent(g.message)}&type=code_fix`}>known fixes</a>` },
        { name: 'times', number: true, of: (g) => count(g.count) },
        { name: 'last', of: (g) => html`<${Time} at=${g.last_seen} />` },
      ]} />`)}<//></div>
      <div class="card"><h2>Bugs</h2><${Answer} of=${bugs}>${({ items }) => (items.length === 0 ? html`<${Empty}>None.<//>` : html`<${Table} label="Bugs" rows=${items} columns=${[
        { name: 'bug', of: (b) => b.bug_id },
        { name: 'severity', of: (b) => html`<${Badge}>${b.severity}<//>` },
        { name: 'what', of: (b) => b.message },
        { name: 'is', of: (b) => html`<${Badge}>${b.resolved ? 'resolved' : 'open'}<//>` },
      ]} />`)}<//></div>
    </div>
    <div class="split">
      <div class="card"><h2>Performance, 90 days</h2><${Answer} of=${series}>${({ items }) => (items.length === 0 ? html`<${Empty}>No figures.<//>` : Object.entries(Object.groupBy(items, (i) => i.metric_name)).slice(0, 6).map(([metric, points]) => html`<div class="row spread"><span>${metric}</span><${Sparkline} values=${points.map((p) => p.p50)} label=${`${metric} by day`} /></div>`))}<//></div>
      <div class="card"><h2>Versions</h2><${Answer} of=${versions}>${({ items }) => (items.length === 0 ? html`<${Empty}>None is recorded.<//>` : html`<${Table} label="Versions" rows=${items} columns=${[
        { name: 'at', of: (v) => html`<${Time} at=${v.event_time} />` },
        { name: 'event', of: (v) => html`<a href=${`#/trace/${encodeURIComponent(v.event_id)}`}><code>${v.event_id.slice(0, 13)}…</code></a>` },
        { name: 'what', of: (v) => v.tool_name ?? v.name ?? '' },
      ]} />`)}<//></div>
    </div>`;
}

export function Tools({ rest, parameters, go }) {
  const ranked = useAnswer('/v1/tools/ranking', { since: parameters.since ?? '7d', limit: 100 });
  const tools = useAnswer(parameters.q ? '/v1/tools' : undefined, { ...parameters, limit: 100 });
  if (rest[0]) return html`<${Tool} key=${rest[0]} tool=${rest[0]} />`;
  const look = (event) => { event.preventDefault(); go('tools', fields(event.target)); };
  return html`
    <form class="filters" onSubmit=${look} role="search"><label class="wide">Name of a tool<input name="q" value=${parameters.q ?? ''} /></label>
      <label>Failures of<select name="since" value=${parameters.since ?? '7d'}><option value="1d">the last day</option><option value="7d">the last week</option><option value="30d">the last 30 days</option><option value="3650d">all time</option></select></label><button>Look</button></form>
    ${parameters.q && html`<div class="card"><h2>Found</h2><${Answer} of=${tools}>${({ items }) => html`<${Table} label="Tools" rows=${items} columns=${[
      { name: 'tool', of: (t) => html`<a href=${`#/tools/${encodeURIComponent(t.tool_id)}`}>${t.tool_id}</a>` }, { name: 'name', of: (t) => t.tool_name }, { name: 'type', of: (t) => t.tool_type }, { name: 'changed', of: (t) => html`<${Time} at=${t.updated_at} />` }]} />`}<//></div>`}
    <div class="card"><h2>Which tools fail most</h2><${Answer} of=${ranked}>${({ items }) => (items.length === 0 ? html`<${Empty}>No tool has done anything in this time.<//>` : html`<${Table} label="Tools by failures" rows=${items} columns=${[
      { name: 'tool', of: (t) => html`<a href=${`#/tools/${encodeURIComponent(t.tool_id)}`}>${t.tool_id}</a>` },
      { name: 'failures', number: true, of: (t) => count(t.failures) },
      { name: 'open bugs', number: true, of: (t) => count(t.open_bugs) },
      { name: 'errors logged', number: true, of: (t) => count(t.errors_logged) },
      { name: 'last failure', of: (t) => html`<${Time} at=${t.last_failure} />` },
    ]} />`)}<//></div>`;
}
