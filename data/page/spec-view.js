// One spec: what it sends, and its runs.

import { get, list, startRun } from './api.js';
import { h, notify } from './dom.js';
import { runList } from './home-view.js';
import { count } from './format.js';

const MOST_RUNS = 200;

function profileWords(profile = {}) {
  if (profile.users !== undefined) return `${count(profile.users)} users: ${profile.rampUp ?? 0} s up, ${profile.steady ?? 0} s steady, ${profile.rampDown ?? 0} s down`;
  const parts = [['vus', 'users'], ['rate', `arrivals per ${profile.timeUnit ?? 1} s`], ['duration', 's'], ['iterations', 'iterations']]
    .filter(([name]) => profile[name] !== undefined).map(([name, unit]) => `${count(profile[name])} ${unit}`);
  return [profile.executor ?? 'Load', ...parts, ...(profile.stages ? [`${profile.stages.length} stages`] : [])].join(', ');
}

function scheduleWords({ cron, timeZone, enabled = true } = {}) {
  if (!cron) return null;
  return `${enabled ? 'Runs by itself' : 'Its schedule is switched off'}: ${cron}${timeZone ? ` (${timeZone})` : ''}`;
}

export class SpecView {
  #id;
  #go;

  constructor(id, go) {
    this.#id = id;
    this.#go = go;
    this.element = h('div', {}, h('p', { class: 'empty' }, 'Loading…'));
  }

  close() {}

  async open() {
    const address = encodeURIComponent(this.#id);
    const [spec, runs] = await Promise.all([get(`/api/specs/${address}`), list(`/api/runs?specId=${address}`, MOST_RUNS)]);
    document.title = `${spec.name || 'Untitled'} – LoadForge`;
    const start = h('button', { type: 'button', class: 'suggested', onclick: () => this.#start(start) }, 'Start');
    this.element.replaceChildren(
      h('div', { class: 'row title' }, h('h1', { class: 'grow' }, spec.name || 'Untitled'), start),
      h('section', { class: 'card' }, spec.description ? h('p', {}, spec.description) : null, h('p', {}, profileWords(spec.loadProfile)),
        scheduleWords(spec.schedule) ? h('p', {}, scheduleWords(spec.schedule)) : null,
        h('ol', { class: 'steps' }, ...(spec.steps ?? []).map((step) => h('li', { class: step.enabled === false ? 'off' : '' },
          h('code', {}, step.method ?? 'GET'), ' ', step.name ? h('b', {}, `${step.name} `) : null, h('span', {}, step.url ?? ''))))),
      h('section', { class: 'card' }, h('h2', {}, 'Runs'), runList(runs, 'This spec was not run yet.')));
  }

  async #start(button) {
    button.disabled = true;
    try {
      this.#go(`/runs/${encodeURIComponent(await startRun(this.#id))}`);
    } catch (error) {
      notify(error.message);
      button.disabled = false;
    }
  }
}
