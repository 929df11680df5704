// The REST side. The token lives in the session's storage and goes into a header, never into an address.

const KEY = 'loadforge-token';

export const getToken = () => sessionStorage.getItem(KEY);
export const setToken = (token) => sessionStorage.setItem(KEY, token);
export const forgetToken = () => sessionStorage.removeItem(KEY);

/** What the server refused, in its own words (RFC 9457). */
export class Problem extends Error {
  constructor(status, body) {
    super([body.detail ?? body.title ?? `The server answered ${status}`,
      ...(body.errors ?? []).map((error) => `${error.pointer ?? ''} ${error.detail ?? ''}`.trim())].join('\n'));
    this.status = status;
  }
}

/** Nothing answers: it may come back. */
export class Unreachable extends Error {
  constructor() {
    super('The server does not answer. Check that it runs, and that this device is connected.');
  }
}

const readProblem = async (answer) => new Problem(answer.status, await answer.json().catch(() => ({})));

let askForToken = async () => null;

/** @ask resolves to a token, or null where the person would not give one. */
export function onTokenNeeded(ask) {
  askForToken = ask;
}

async function send(method, path, headers, body) {
  const token = getToken();
  const all = { ...headers };
  if (token) all.Authorization = `Bearer ${token}`;
  return fetch(path, { method, headers: all, body, cache: 'no-store', redirect: 'error' }).catch(() => { throw new Unreachable(); });
}

/** Resolves to the answer; throws a Problem. Asks for a token where one is missing or no longer good. */
export async function call(method, path, { json, headers = {} } = {}) {
  const all = json === undefined ? headers : { ...headers, 'Content-Type': 'application/json' };
  const body = json === undefined ? undefined : JSON.stringify(json);
  let answer = await send(method, path, all, body);
  while (answer.status === 401) {
    const token = await askForToken(getToken() !== null);
    if (token === null) throw await readProblem(answer);
    setToken(token);
    answer = await send(method, path, all, body);
  }
  if (!answer.ok) throw await readProblem(answer);
  return answer;
}

export const get = async (path) => (await call('GET', path)).json();

/** All pages of a list, up to @most rows. */
export async function list(path, most) {
  const items = [];
  let cursor = null;
  do {
    const address = new URL(path, location.origin);
    if (cursor !== null) address.searchParams.set('cursor', cursor);
    const page = await get(address.pathname + address.search);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== null && items.length < most);
  return items;
}

/** A name of its own for each press of a button, so that a request that is sent twice starts one run. */
const idempotencyKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Resolves to the id of the run. */
export async function startRun(specId) {
  const answer = await call('POST', `/api/runs/${encodeURIComponent(specId)}`, { headers: { 'Idempotency-Key': idempotencyKey() } });
  return (await answer.json()).id;
}

export const changeRun = (id, change) => call('PATCH', `/api/runs/${encodeURIComponent(id)}`, { json: change });
export const stopRun = (id) => call('DELETE', `/api/runs/${encodeURIComponent(id)}`);

export async function download(path, name) {
  const content = await (await call('GET', path)).blob();
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
