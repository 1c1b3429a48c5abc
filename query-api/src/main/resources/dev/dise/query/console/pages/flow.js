// The line as a graph, with what passes each edge, and what that means.
import { useEffect, useState } from 'preact/hooks';
import dagre from 'dagre';
import { stream } from '../api.js';
import { html, Badge, Notice, Failure, Table, count, rate, span, useNarrow } from '../parts.js';
import { TimeChart } from './chart.js';

const WIDTH = 122;
const HEIGHT = 54;
const KEPT_SECONDS = 180;

/** Places the nodes; a line has fewer than twenty. On a narrow screen it runs downwards. */
function layout(flow, narrow) {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: narrow ? 'TB' : 'LR', nodesep: narrow ? 14 : 30, ranksep: narrow ? 44 : 52, marginx: 4, marginy: 4 });
  graph.setDefaultEdgeLabel(() => ({}));
  flow.nodes.forEach((node) => graph.setNode(node.id, { width: WIDTH, height: HEIGHT }));
  flow.edges.forEach((edge) => graph.setEdge(edge.from, edge.to));
  dagre.layout(graph);
  return graph;
}

const line = (points) => points.map((p, i) => `${i ? 'L' : 'M'}${p.x},${p.y}`).join('');

function Edge({ edge, points, narrow }) {
  const middle = points[Math.floor(points.length / 2)];
  const at = narrow ? { x: middle.x + 6, y: middle.y + 4, anchor: 'start' } : { x: middle.x, y: middle.y - 7, anchor: 'middle' };
  return html`<path class=${edge.rate > 0 ? 'alive' : ''} d=${line(points)} marker-end="url(#tip)" />
    ${edge.rate > 0 && html`<text class="small" x=${at.x} y=${at.y} text-anchor=${at.anchor}>${rate(edge.rate)}</text>`}`;
}

function Node({ node, x, y }) {
  return html`<g class=${`node ${node.kind} ${node.tone ?? ''}`} transform=${`translate(${x - WIDTH / 2},${y - HEIGHT / 2})`}>
    <rect width=${WIDTH} height=${HEIGHT} rx=${node.kind === 'topic' ? 26 : 9} />
    <text x=${WIDTH / 2} y="24" text-anchor="middle" font-weight="600">${node.name}</text>
    <text class="small" x=${WIDTH / 2} y="42" text-anchor="middle">${node.note}</text></g>`;
}

function Graph({ flow }) {
  const narrow = useNarrow();
  const graph = layout(flow, narrow);
  const { width, height } = graph.graph();
  return html`<div class="scroll" tabindex="0" role="region" aria-label="The line as a graph; the table below has the same figures">
    <svg class="graph" style=${`max-width:${width * 1.2}px`} viewBox=${`0 0 ${width} ${height}`} role="img" aria-label="From the doors through Kafka to the stores">
      <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" /></marker></defs>
      ${flow.edges.map((edge) => html`<${Edge} edge=${edge} narrow=${narrow} points=${graph.edge(edge.from, edge.to).points} />`)}
      ${flow.nodes.map((node) => html`<${Node} node=${node} ...${graph.node(node.id)} />`)}
    </svg></div>`;
}

/** The newest minutes of a flow that tells itself every second. */
function useHistory(flow) {
  const [kept, setKept] = useState([]);
  useEffect(() => {
    if (flow) setKept((before) => [...before, flow].slice(-KEPT_SECONDS));
  }, [flow?.at]);
  return kept;
}

function Rates({ history }) {
  const points = (of) => history.map((flow) => [Math.round(Date.parse(flow.at) / 1000), of(flow)]);
  const into = (store) => points((flow) => flow.edges.filter((e) => e.to === store).reduce((sum, e) => Math.max(sum, e.rate), 0));
  return html`<div class="card"><h2>The last minutes, records a second</h2>
    ${history.length < 2 ? html`<p class="quiet chart">Waiting for the second look …</p>` : html`<${TimeChart} height=${200} label="Records a second: accepted, into PostgreSQL, into Qdrant" series=${[
      { name: 'accepted', points: points((flow) => flow.accepted_rate) },
      { name: 'into PostgreSQL', points: into('postgres') }, { name: 'into Qdrant', points: into('qdrant') }]} />`}</div>`;
}

function Figures({ flow }) {
  return html`<div class="grid figures">
    <div class="card"><div class="quiet">accepted</div><div class="figure" data-figure="accepted">${count(flow.accepted)}</div><div class="quiet">${rate(flow.accepted_rate)}</div></div>
    <div class="card"><div class="quiet">in flight</div><div class="figure">${count(flow.in_flight)}</div><div><${Badge}>${flow.state}<//> ${flow.eta_seconds > 0 && html`<span class="quiet">${span(flow.eta_seconds)} left</span>`}</div></div>
    <div class="card"><div class="quiet">dead letters</div><div class="figure" data-figure="letters">${count(flow.dead_letters)}</div><div><a href="#/letters">look at them</a></div></div>
    <div class="card"><div class="quiet">dropped by emitters</div><div class="figure">${count(flow.dropped)}</div><div class="quiet">as they reported</div></div>
  </div>`;
}

function Readers({ readers }) {
  return html`<div class="card"><h2>Readers</h2>
    <${Table} label="Readers of the line" rows=${readers} columns=${[
      { name: 'reader', of: (r) => r.name },
      { name: 'topic', of: (r) => html`<code>${r.topic}</code>` },
      { name: 'in', number: true, of: (r) => rate(r.rate_in) },
      { name: 'out', number: true, of: (r) => rate(r.rate_out) },
      { name: 'lag', number: true, of: (r) => count(r.lag) },
      { name: 'is', of: (r) => html`<${Badge}>${r.state}<//>` },
      { name: 'caught up in', number: true, of: (r) => (r.lag === 0 ? 'now' : r.eta_seconds === undefined ? 'not at this rate' : span(r.eta_seconds)) },
      { name: 'delay p50', number: true, of: (r) => span(r.delay_p50_seconds) },
      { name: 'p95', number: true, of: (r) => span(r.delay_p95_seconds) },
    ]} />
    <p class="quiet">Delay: how old a record is when its reader is done with it.</p></div>`;
}

export function Flow() {
  const [flow, setFlow] = useState();
  const [problem, setProblem] = useState();
  useEffect(() => stream('/v1/flow/stream', {}, (name, data) => {
    if (name === 'flow') { setFlow(data); setProblem(undefined); }
    if (name === 'problem') setProblem(new Error(data.detail));
  }, (state, failure) => setProblem(state === 'away' ? failure ?? new Error('The service does not answer. Is it running?') : undefined)), []);
  const history = useHistory(flow);
  if (!flow) return problem ? html`<${Failure} problem=${problem} />` : html`<p class="quiet">Looking at the line …</p>`;
  return html`
    ${problem && html`<${Notice} tone="bad">${problem.message} What stands here is from ${flow.at}.<//>`}
    ${flow.accepted === 0 && html`<${Notice}>Nothing has been emitted yet. <a href="#/events">Emit the first event</a>, or bring something in with <code>./dise import</code>.<//>`}
    ${flow.remarks.map((remark) => html`<${Notice} tone=${remark.tone}>${remark.text}<//>`)}
    <${Figures} flow=${flow} />
    <div class="card"><${Graph} flow=${flow} /></div>
    <${Rates} history=${history} />
    <${Readers} readers=${flow.readers} />`;
}
