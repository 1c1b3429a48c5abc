"use strict";

const byId = (id) => document.getElementById(id);

/** An element with text or children; text is never read as HTML. */
function element(name, ...content) {
  const made = document.createElement(name);
  made.append(...content);
  return made;
}

function resolve(document_, node) {
  return node && node.$ref ? node.$ref.slice(2).split("/").reduce((at, part) => at[part], document_) : node;
}

function table(heads, rows) {
  const made = element("table", element("tr", ...heads.map((head) => {
    const cell = element("th", head);
    cell.scope = "col";
    return cell;
  })));
  rows.forEach((row) => made.append(element("tr", ...row.map((cell) => element("td", cell)))));
  return made;
}

function operation(document_, path, method, described) {
  const made = element("details",
    element("summary", element("code", `${method.toUpperCase()} ${path}`), described.summary));
  if (described.description) {
    made.append(element("p", described.description));
  }
  const parameters = (described.parameters || []).map((it) => [`${it.name} (${it.in})`, it.description || ""]);
  if (parameters.length > 0) {
    made.append(table(["Parameter", "What it is"], parameters));
  }
  const bodies = Object.keys((described.requestBody || {}).content || {});
  if (bodies.length > 0) {
    made.append(element("p", `Body: ${bodies.join(", ")}`));
  }
  made.append(table(["Status", "When"], Object.entries(described.responses)
    .map(([status, response]) => [status, resolve(document_, response).description])));
  return made;
}

function showFields(schema) {
  const fields = Object.keys(schema.properties)
    .map((name) => (schema.required.includes(name) ? `${name} (required)` : name));
  byId("fields").textContent = `${schema.description} Fields: ${fields.join(", ")}`;
}

function fill(document_, examples) {
  const type = byId("type").value;
  byId("data").value = JSON.stringify(examples[type].value, null, 2);
  showFields(document_.components.schemas[type]);
}

async function send(event) {
  event.preventDefault();
  const headers = {"Content-Type": "application/json"};
  if (byId("key").value) {
    headers.Authorization = `Bearer ${byId("key").value}`;
  }
  if (byId("id").value) {
    headers["ce-id"] = encodeURIComponent(byId("id").value);
  }
  const status = byId("status");
  try {
    const response = await fetch(`/v1/events/${byId("type").value}`, {method: "POST", headers, body: byId("data").value});
    const ack = response.headers.get("Ingest-Ack");
    status.textContent = `${response.status} ${response.statusText}${ack ? `, safe in ${ack}` : ""}`;
    status.className = response.ok ? "good" : "bad";
    byId("answer").textContent = JSON.stringify(await response.json(), null, 2);
  } catch (failure) {
    status.textContent = `No answer: ${failure.message}`;
    status.className = "bad";
  }
}

async function start() {
  const document_ = await (await fetch("/openapi.json")).json();
  const examples = document_.paths["/v1/events/{type}"].post.requestBody.content["application/json"].examples;
  Object.keys(examples).forEach((type) => byId("type").append(new Option(type, type)));
  byId("type").addEventListener("change", () => fill(document_, examples));
  byId("form").addEventListener("submit", send);
  fill(document_, examples);
  Object.entries(document_.paths).forEach(([path, methods]) => Object.entries(methods)
    .forEach(([method, described]) => byId("operations").append(operation(document_, path, method, described))));
}

start().catch((failure) => { byId("status").textContent = `The document could not be read: ${failure.message}`; });
