// The way to the service: JSON in and out, problems as errors with a sentence for people, streams of server-sent events.
const KEY = 'dise.key';

export const apiKey = {
  get: () => sessionStorage.getItem(KEY) ?? '',
  set: (key) => (key ? sessionStorage.setItem(KEY, key) : sessionStorage.removeItem(KEY)),
};

export class Problem extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

const headers = (extra = {}) => (apiKey.get() ? { ...extra, authorization: `Bearer ${apiKey.get()}` } : extra);

export function query(parameters = {}) {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of [value].flat()) {
      if (one !== undefined && one !== null && one !== '') pairs.append(name, one);
    }
  }
  const text = pairs.toString();
  return text ? `?${text}` : '';
}

async function answer(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw new Problem(0, 'The service does not answer. Is it running?');
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Problem(response.status, body.detail ?? `The service answered ${response.status}.`);
  return body;
}

export const get = (path, parameters, signal) => answer(path + query(parameters), { headers: headers(), signal });

export const send = (method, path, body) =>
  answer(path, { method, headers: headers({ 'content-type': 'application/json' }), body: JSON.stringify(body ?? {}) });

const seconds = (n) => new Promise((resume) => setTimeout(resume, n * 1000));

/** Asks for something that may take long; waits until its job is over and gives its result. */
export async function work(path, body, onProgress = () => {}) {
  let job = await send('POST', path, body);
  while (job.kind && job.state) {
    if (job.state === 'done') return job.result;
    if (job.state === 'failed') throw new Problem(409, job.problem);
    onProgress(job);
    await seconds(0.5);
    job = await get(`/v1/admin/jobs/${job.id}`);
  }
  return job;
}

/** Follows a stream until stopped; connects again after a pause. Calls back with the name of an event and its data. */
export function stream(path, parameters, onEvent, onState = () => {}) {
  const control = new AbortController();
  const read = async () => {
    const response = await fetch(path + query(parameters), { headers: headers(), signal: control.signal });
    if (!response.ok) throw new Problem(response.status, (await response.json().catch(() => ({}))).detail);
    onState('live');
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const parts = (rest + value).split('\n\n');
      rest = parts.pop();
      for (const part of parts) {
        const name = /^event: (.*)$/m.exec(part)?.[1] ?? 'message';
        const data = /^data: (.*)$/m.exec(part)?.[1];
        if (data) onEvent(name, JSON.parse(data));
      }
    }
  };
  (async () => {
    while (!control.signal.aborted) {
      try {
        await read();
      } catch (failure) {
        if (control.signal.aborted) return;
        onState('away', failure);
      }
      await seconds(2);
    }
  })();
  return () => control.abort();
}
