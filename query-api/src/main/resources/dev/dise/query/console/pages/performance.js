// Series per tool and metric, with a mark where a new version of the tool came.
import { html, Answer, Empty, Table, Time, count, fields, useAnswer } from '../parts.js';
import { TimeChart } from './chart.js';

const METRICS_SHOWN = 8;
const SPANS = [['1d', 'a day'], ['7d', 'a week'], ['30d', '30 days'], ['999d', '999 days']];
const BUCKETS = [['auto', 'as fits'], ['1m', 'minute'], ['5m', '5 minutes'], ['1h', 'hour'], ['1d', 'day']];
const seconds = (at) => Date.parse(at) / 1000;
const figure = (n) => (n === null || n === undefined ? '–' : Number(n).toLocaleString('en', { maximumSignificantDigits: 5 }));
const figures = (names) => names.map((name) => ({ name, number: true, of: (row) => figure(row[name]) }));
const link = (row, since) => `#/performance?tool_id=${encodeURIComponent(row.tool_id)}&metric_name=${encodeURIComponent(row.metric_name)}&since=${since}`;

function Overview({ tool, metric, since }) {
  const overview = useAnswer('/v1/performance/aggregates', { tool_id: tool, metric_name: metric, since });
  return html`<div class="card"><h2>${tool ? `Metrics of ${tool}` : 'Tools with figures'}</h2><${Answer} of=${overview}>${({ items }) => (items.length === 0
    ? html`<${Empty}>No figures in this time. ${since !== '999d' && html`<a href=${`#/performance?since=999d${tool ? `&tool_id=${encodeURIComponent(tool)}` : ''}`}>Look at 999 days</a>.`}<//>`
    : html`<${Table} label="Figures by tool and metric" rows=${items.slice(0, 200)} columns=${[
      { name: 'tool', of: (i) => html`<a href=${link(i, since)}>${i.tool_id}</a>` }, { name: 'metric', of: (i) => i.metric_name },
      { name: 'count', number: true, of: (i) => count(i.count) }, ...figures(['p50', 'p95', 'p99'])]} />`)}<//></div>`;
}

/** Where the tool got new versions; nothing where it is not registered. */
function useMarks(tool) {
  const registered = useAnswer('/v1/tools', { tool_id: tool, limit: 1 });
  const versions = useAnswer(registered.data?.items.length ? `/v1/tools/${encodeURIComponent(tool)}/versions` : undefined);
  return (versions.data?.items ?? []).map((v) => ({ at: seconds(v.event_time), name: v.label ?? `v${v.version}` }));
}

function Series({ tool, metric, since, bucket, marks }) {
  const series = useAnswer('/v1/performance/series', { tool_id: tool, metric_name: metric, since, bucket });
  return html`<div class="card"><h2>${metric}</h2><${Answer} of=${series}>${(answer) => (answer.items.length === 0 ? html`<${Empty}>No figures in this time.<//>` : html`
    <${TimeChart} label=${`${metric} of ${tool} over time; the table below has the same`} markers=${marks}
      series=${['p50', 'p95', 'max'].map((name) => ({ name, points: answer.items.map((i) => [seconds(i.bucket), Number(i[name])]) }))} />
    <details><summary>the same as a table, each ${answer.bucket}</summary><${Table} label=${metric} rows=${answer.items} columns=${[
      { name: 'from', of: (i) => html`<${Time} at=${i.bucket} />` }, { name: 'count', number: true, of: (i) => count(i.count) }, ...figures(['mean', 'min', 'p50', 'p95', 'max'])]} /></details>`)}<//></div>`;
}

function OneTool({ tool, metric, since, bucket }) {
  const marks = useMarks(tool);
  const known = useAnswer(metric ? undefined : '/v1/performance/aggregates', { tool_id: tool, since });
  const metrics = metric ? [metric] : [...new Set((known.data?.items ?? []).map((i) => i.metric_name))].slice(0, METRICS_SHOWN);
  return html`<${Overview} tool=${tool} metric=${metric} since=${since} />
    ${metrics.map((name) => html`<${Series} key=${name} tool=${tool} metric=${name} since=${since} bucket=${bucket} marks=${marks} />`)}`;
}

export function Performance({ parameters, go }) {
  const { tool_id: tool, metric_name: metric, since = '30d', bucket = 'auto' } = parameters;
  const look = (event) => { event.preventDefault(); go('performance', fields(event.target)); };
  const select = (name, value, pairs) => html`<select name=${name} value=${value}>${pairs.map(([key, text]) => html`<option value=${key}>${text}</option>`)}</select>`;
  return html`
    <form class="filters" onSubmit=${look} role="search"><label class="wide">Tool<input name="tool_id" value=${tool ?? ''} /></label><label>Metric<input class="mid" name="metric_name" value=${metric ?? ''} /></label>
      <label>Since${select('since', since, SPANS)}</label><label>Each${select('bucket', bucket, BUCKETS)}</label><button class="main">Show</button></form>
    ${tool ? html`<${OneTool} key=${tool} tool=${tool} metric=${metric} since=${since} bucket=${bucket} />` : html`<${Overview} since=${since} />`}`;
}
