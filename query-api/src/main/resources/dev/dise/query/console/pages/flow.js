// The line as a graph, with what passes each edge, and what that means.
import { useEffect, useState } from 'preact/hooks';
import dagre from 'dagre';
import { stream } from '../api.js';
import { html, Badge, Notice, Failure, Table, count, rate, span } from '../parts.js';

const WIDTH = 168;
const HEIGHT = 58;

/** Places the nodes; a line has fewer than twenty. */
function layout(flow) {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 26, ranksep: 62, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  flow.nodes.forEach((node) => graph.setNode(node.id, { width: WIDTH, height: HEIGHT }));
  flow.edges.forEach((edge) => graph.setEdge(edge.from, edge.to));
  dagre.layout(graph);
  return graph;
}

const line = (points) => points.map((p, i) => `${i ? 'L' : 'M'}${p.x},${p.y}`).join('');

function Graph({ flow }) {
  const graph = layout(flow);
  const { width, height } = graph.graph();
  return html`<div class="scroll" tabindex="0" role="region" aria-label="The line as a graph; the table below has the same figures">
    <svg class="graph" viewBox=${`0 0 ${width} ${height}`} role="img" aria-label="From the doors through Kafka to the stores">
      <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" /></marker></defs>
      ${flow.edges.map((edge) => {
        const { points } = graph.edge(edge.from, edge.to);
        const middle = points[Math.floor(points.length / 2)];
        return html`<path class=${edge.rate > 0 ? 'alive' : ''} d=${line(points)} marker-end="url(#tip)" />
          <text class="small" x=${middle.x} y=${middle.y - 7} text-anchor="middle">${rate(edge.rate)}</text>`;
      })}
      ${flow.nodes.map((node) => {
        const { x, y } = graph.node(node.id);
        return html`<g class=${`node ${node.kind} ${node.tone ?? ''}`} transform=${`translate(${x - WIDTH / 2},${y - HEIGHT / 2})`}>
          <rect width=${WIDTH} height=${HEIGHT} rx=${node.kind === 'topic' ? 26 : 9} />
          <text x=${WIDTH / 2} y="25" text-anchor="middle" font-weight="600">${node.name}</text>
          <text class="small" x=${WIDTH / 2} y="43" text-anchor="middle">${node.note}</text>
        </g>`;
      })}
    </svg></div>`;
}

export function Flow() {
  const [flow, setFlow] = useState();
  const [problem, setProblem] = useState();
  useEffect(() => stream('/v1/flow/stream', {}, (name, data) => name === 'flow' && setFlow(data),
    (state, failure) => setProblem(state === 'away' ? failure ?? new Error('The service does not answer. Is it running?') : undefined)), []);
  if (!flow) return problem ? html`<${Failure} problem=${problem} />` : html`<p class="quiet">Looking at the line …</p>`;
  return html`
    ${problem && html`<${Notice} tone="bad">The service does not answer; what stands here is from ${flow.at}.<//>`}
    ${flow.remarks.map((remark) => html`<${Notice} tone=${remark.tone}>${remark.text}<//>`)}
    <div class="grid">
      <div class="card"><div class="quiet">accepted</div><div class="figure" data-figure="accepted">${count(flow.accepted)}</div><div class="quiet">${rate(flow.accepted_rate)}</div></div>
      <div class="card"><div class="quiet">in flight</div><div class="figure">${count(flow.in_flight)}</div><div><${Badge}>${flow.state}<//> ${flow.eta_seconds > 0 && html`<span class="quiet">${span(flow.eta_seconds)} left</span>`}</div></div>
      <div class="card"><div class="quiet">dead letters</div><div class="figure">${count(flow.dead_letters)}</div><div><a href="#/letters">look at them</a></div></div>
      <div class="card"><div class="quiet">dropped by emitters</div><div class="figure">${count(flow.dropped)}</div><div class="quiet">reported by the emitters</div></div>
    </div>
    <div class="card"><${Graph} flow=${flow} /></div>
    <div class="card"><h2>Readers</h2>
      <${Table} label="Readers of the line" rows=${flow.readers} columns=${[
        { name: 'reader', of: (r) => r.name },
        { name: 'topic', of: (r) => html`<code>${r.topic}</code>` },
        { name: 'in', number: true, of: (r) => rate(r.rate_in) },
        { name: 'out', number: true, of: (r) => rate(r.rate_out) },
        { name: 'lag', number: true, of: (r) => count(r.lag) },
        { name: 'is', of: (r) => html`<${Badge}>${r.state}<//>` },
        { name: 'caught up in', number: true, of: (r) => (r.eta_seconds === null ? '–' : span(r.eta_seconds)) },
        { name: 'delay p50', number: true, of: (r) => span(r.delay_p50_seconds) },
        { name: 'p95', number: true, of: (r) => span(r.delay_p95_seconds) },
      ]} />
      <p class="quiet">Delay: how old a record is when its reader is done with it.</p>
    </div>`;
}
