// Series per tool and metric, with a mark where a new version of the tool came.
import { html, Answer, Empty, Table, count, fields, useAnswer } from '../parts.js';
import { TimeChart } from './chart.js';

const seconds = (at) => Date.parse(at) / 1000;
const figure = (n) => (n === null || n === undefined ? '–' : Number(n).toLocaleString('en', { maximumSignificantDigits: 5 }));

export function Performance({ parameters, go }) {
  const { tool_id: tool, metric_name: metric, since = '30d', bucket = '1h' } = parameters;
  const series = useAnswer(tool ? '/v1/performance/aggregates' : undefined, { tool_id: tool, metric_name: metric, since, bucket });
  const overview = useAnswer(tool ? undefined : '/v1/performance/aggregates', { since });
  const registered = useAnswer(tool ? '/v1/tools' : undefined, { tool_id: tool, limit: 1 });
  const versions = useAnswer(registered.data?.items.length ? `/v1/tools/${encodeURIComponent(tool)}/versions` : undefined);
  const look = (event) => { event.preventDefault(); go('performance', fields(event.target)); };
  const marks = (versions.data?.items ?? []).map((v) => ({ at: seconds(v.event_time), name: v.label ?? `v${v.version}` }));
  return html`
    <form class="filters" onSubmit=${look} role="search"><label class="wide">Tool<input name="tool_id" value=${tool ?? ''} /></label><label>Metric<input name="metric_name" value=${metric ?? ''} /></label>
      <label>Since<select name="since" value=${since}><option value="1d">a day</option><option value="7d">a week</option><option value="30d">30 days</option><option value="3650d">all time</option></select></label>
      <label>Each<select name="bucket" value=${bucket}><option value="5m">5 minutes</option><option value="1h">hour</option><option value="1d">day</option></select></label><button class="main">Show</button></form>
    ${!tool && html`<div class="card"><h2>Tools with figures</h2><${Answer} of=${overview}>${({ items }) => (items.length === 0 ? html`<${Empty}>No tool has left figures in this time.<//>` : html`<${Table} label="Figures by tool and metric" rows=${items.slice(0, 200)} columns=${[
      { name: 'tool', of: (i) => html`<a href=${`#/performance?tool_id=${encodeURIComponent(i.tool_id)}&metric_name=${encodeURIComponent(i.metric_name)}&since=${since}`}>${i.tool_id}</a>` },
      { name: 'metric', of: (i) => i.metric_name }, { name: 'count', number: true, of: (i) => count(i.count) }, { name: 'p50', number: true, of: (i) => figure(i.p50) }, { name: 'p95', number: true, of: (i) => figure(i.p95) }, { name: 'p99', number: true, of: (i) => figure(i.p99) }]} />`)}<//></div>`}
    ${tool && html`<${Answer} of=${series}>${({ items }) => {
      const metrics = Object.groupBy(items, (i) => i.metric_name);
      if (items.length === 0) return html`<${Empty}>No figures of ${tool} in this time.<//>`;
      return Object.entries(metrics).slice(0, 8).map(([name, points]) => html`<div class="card"><h2>${name}${points[0].unit ? `, ${points[0].unit}` : ''}</h2>
        <${TimeChart} label=${`${name} of ${tool} over time`} markers=${marks} series=${['p50', 'p95', 'p99'].map((p) => ({ name: p, points: points.map((i) => [seconds(i.bucket), Number(i[p])]) }))} />
        <details><summary>the same as a table</summary><${Table} label=${name} rows=${points} columns=${[{ name: 'from', of: (i) => i.bucket }, { name: 'count', number: true, of: (i) => count(i.count) }, { name: 'mean', number: true, of: (i) => figure(i.mean) }, { name: 'p50', number: true, of: (i) => figure(i.p50) }, { name: 'p95', number: true, of: (i) => figure(i.p95) }, { name: 'p99', number: true, of: (i) => figure(i.p99) }]} /></details></div>`);
    }}<//>`}`;
}
