// Bugs of a tool, and what is done about them.
import { useState } from 'preact/hooks';
import { send } from '../api.js';
import { html, Answer, Badge, Empty, Failure, Notice, Table, Time, useAnswer } from '../parts.js';

export function Bugs({ tool }) {
  const bugs = useAnswer('/v1/bugs', { tool_id: tool, limit: 50 });
  const [said, setSaid] = useState();
  const [problem, setProblem] = useState();
  const act = (bug, deed) => send('POST', `/v1/bugs/${encodeURIComponent(bug.bug_id)}/${deed}`, {})
    .then((done) => { setSaid({ bug: bug.bug_id, ...done }); setProblem(undefined); setTimeout(bugs.reload, 1500); }).catch(setProblem);
  return html`<div class="card"><h2>Bugs</h2>
    ${problem && html`<${Failure} problem=${problem} />`}
    ${said && html`<${Notice} tone="good">A newer version of ${said.bug} is on its way. <a href=${`#/trace/${said.event_id}`}>See where it is.</a><//>`}
    <${Answer} of=${bugs}>${({ items }) => (items.length === 0 ? html`<${Empty}>None is recorded.<//>` : html`<${Table} label="Bugs" rows=${items} columns=${[
      { name: 'bug', of: (b) => html`<a href=${`#/trace/${encodeURIComponent(b.event_id)}`}>${b.bug_id}</a>` },
      { name: 'severity', of: (b) => html`<${Badge}>${b.severity}<//>` },
      { name: 'what', of: (b) => b.message },
      { name: 'is', of: (b) => html`<${Badge}>${b.resolved ? 'resolved' : 'open'}<//>` },
      { name: 'reported', of: (b) => html`<${Time} at=${b.created_at ?? b.event_time} />` },
      { name: 'do', of: (b) => html`<button onClick=${() => act(b, b.resolved ? 'reopen' : 'resolve')}>${b.resolved ? 'Reopen' : 'Resolve'}</button>` },
    ]} />`)}<//></div>`;
}
