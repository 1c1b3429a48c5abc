// Dead letters: groups, single ones beside the rule that they break, mending, redriving, discarding.
import { useState } from 'preact/hooks';
import { send } from '../api.js';
import { html, Answer, Badge, Confirm, Empty, Failure, Notice, Table, Time, count, json, useAnswer } from '../parts.js';

const pretty = (text) => { try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text ?? ''; } };

function Letter({ id, onDone }) {
  const answer = useAnswer(`/v1/admin/dead-letters/${encodeURIComponent(id)}`);
  const [text, setText] = useState();
  const [outcome, setOutcome] = useState();
  const [problem, setProblem] = useState();
  const redrive = (dry) => {
    setProblem(undefined);
    let edited;
    try {
      edited = text === undefined ? undefined : JSON.parse(text);
    } catch (failure) {
      return setProblem(new Error(`This is not JSON: ${failure.message}`));
    }
    send('POST', '/v1/admin/dead-letters/redrive', { ids: [id], edit: edited, dry_run: dry })
      .then((done) => { setOutcome({ dry, ...done }); if (!dry) { answer.reload(); onDone(); } })
      .catch(setProblem);
  };
  return html`<div class="card"><${Answer} of=${answer}>${(letter) => html`
    <div class="row spread"><h2><code>${letter.id}</code></h2><span><${Badge}>${letter.state}<//> <${Badge}>${letter.reason}<//></span></div>
    <${Notice} tone="bad">${letter.message}<//>
    <div class="split">
      <div><label class="wide" for="payload">Payload${letter.editable ? ', which you can mend' : ''}</label>
        <textarea id="payload" spellcheck="false" readonly=${!letter.editable} value=${text ?? pretty(letter.payload)} onInput=${(e) => setText(e.target.value)}></textarea></div>
      <div><p class="quiet">Refused by <b>${letter.stage}</b> at <${Time} at=${letter.at} />, try ${letter.attempts}, from <code>${letter.source}</code></p>
        ${letter.event_id && html`<p><a href=${`#/trace/${encodeURIComponent(letter.event_id)}`}>trace ${letter.event_id}</a></p>`}
        <details><summary>headers</summary>${json(letter.headers)}</details>
        ${letter.schema && html`<details><summary>schema of ${letter.type}</summary>${json(letter.schema)}</details>`}
        ${letter.history?.length > 0 && html`<h2>What was done with it</h2><ul>${letter.history.map((step) => html`<li><${Time} at=${step.at} /> ${step.action} by ${step.by}${step.outcome ? `: ${step.outcome}` : ''}</li>`)}</ul>`}
      </div>
    </div>
    ${problem && html`<${Failure} problem=${problem} />`}
    ${outcome && html`<${Notice} tone="good">${outcome.dry ? `Would send ${outcome.sent ?? outcome.matched} to ${letter.source?.split('-')[0] ?? 'its topic'}; nothing was changed.` : `Sent again: ${outcome.sent}. It is stored, or back here with another try counted, within moments.`}<//>`}
    <div class="row"><button onClick=${() => redrive(true)}>Dry run</button><button class="main" onClick=${() => redrive(false)}>${text === undefined ? 'Redrive' : 'Redrive as mended'}</button></div>`}<//></div>`;
}

export function Letters({ rest, parameters, go }) {
  const groups = useAnswer('/v1/admin/dead-letters/summary', {}, 5000);
  const letters = useAnswer('/v1/admin/dead-letters', { ...parameters, limit: 100 }, 5000);
  const [discarding, setDiscarding] = useState(false);
  const reload = () => { groups.reload(); letters.reload(); };
  if (rest[0]) return html`<p><a href="#/letters">all dead letters</a></p><${Letter} id=${rest[0]} onDone=${reload} />`;
  const filtered = Object.keys(parameters).length > 0;
  return html`
    <div class="card"><h2>Groups</h2><${Answer} of=${groups}>${({ items }) => (items.length === 0 ? html`<${Empty}>There are no dead letters.<//>` : html`
      <${Table} label="Groups of dead letters" rows=${items} columns=${[
        { name: 'reason', of: (g) => html`<button class="link" onClick=${() => go('letters', { fingerprint: g.fingerprint })}>${g.reason}</button>` },
        { name: 'stage', of: (g) => g.stage },
        { name: 'what', of: (g) => g.message },
        { name: 'letters', number: true, of: (g) => count(g.count) },
        { name: 'open', number: true, of: (g) => count(g.open) },
        { name: 'quarantined', number: true, of: (g) => count(g.quarantined) },
        { name: 'first', of: (g) => html`<${Time} at=${g.first_seen} />` },
        { name: 'last', of: (g) => html`<${Time} at=${g.last_seen} />` },
      ]} />`)}<//></div>
    <div class="card"><div class="row spread"><h2>${filtered ? 'Letters of this group' : 'Newest letters'}</h2>
      ${filtered && html`<span class="row"><a href="#/letters">show all</a><button class="danger" onClick=${() => setDiscarding(true)}>Discard these</button></span>`}</div>
      <${Answer} of=${letters}>${({ items }) => (items.length === 0 ? html`<${Empty}>None.<//>` : html`
      <${Table} label="Dead letters" rows=${items} columns=${[
        { name: 'letter', of: (l) => html`<a href=${`#/letters/${encodeURIComponent(l.id)}`}><code>${l.id}</code></a>` },
        { name: 'type', of: (l) => l.type ?? '–' },
        { name: 'reason', of: (l) => l.reason },
        { name: 'message', of: (l) => l.message },
        { name: 'tries', number: true, of: (l) => l.attempts },
        { name: 'state', of: (l) => html`<${Badge}>${l.state}<//>` },
        { name: 'at', of: (l) => html`<${Time} at=${l.at} />` },
      ]} />`)}<//></div>
    ${discarding && html`<${Confirm} title="Discard" name="discard" onCancel=${() => setDiscarding(false)} onDone=${() => { setDiscarding(false); reload(); }}
      action=${() => send('POST', '/v1/admin/dead-letters/discard', { ...parameters, reason: 'discarded in the console' })}>
      <p>They are given up: the books count them as dropped. Nothing brings them back but redriving by hand.</p><//>`}`;
}
