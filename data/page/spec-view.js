// One spec: what it sends, and its runs.

import { get, list, startRun } from './api.js';
import { h, notify } from './dom.js';
import { runList } from './home-view.js';
import { count, when } from './format.js';

const MOST_RUNS = 200;
const MOST_SCHEDULES = 2000;

function profileWords(profile = {}) {
  if (profile.users !== undefined) return `${count(profile.users)} users: ${profile.rampUp ?? 0} s up, ${profile.steady ?? 0} s steady, ${profile.rampDown ?? 0} s down`;
  const parts = [['vus', 'users'], ['rate', `arrivals per ${profile.timeUnit ?? 1} s`], ['duration', 's'], ['iterations', 'iterations']]
    .filter(([name]) => profile[name] !== undefined).map(([name, unit]) => `${count(profile[name])} ${unit}`);
  return [profile.executor ?? 'Load', ...parts, ...(profile.stages ? [`${profile.stages.length} stages`] : [])].join(', ');
}

const scheduleWords = ({ cron, timeZone, enabled, nextRunAt }) => [
  `${enabled === false ? 'Its schedule is switched off' : 'Runs by itself'}: ${cron}${timeZone ? ` (${timeZone})` : ''}`,
  nextRunAt ? `, next ${when(nextRunAt)}` : ''].join('');

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
    const [spec, runs, schedules] = await Promise.all([get(`/api/specs/${address}`), list(`/api/runs?specId=${address}`, MOST_RUNS),
      list('/api/schedules', MOST_SCHEDULES)]);
    document.title = `${spec.name || 'Untitled'} – LoadForge`;
    const start = h('button', { type: 'button', class: 'suggested', onclick: () => this.#start(start) }, 'Start');
    this.element.replaceChildren(
      h('div', { class: 'row title' }, h('h1', { class: 'grow' }, spec.name || 'Untitled'), start),
      h('section', { class: 'card' }, spec.description ? h('p', {}, spec.description) : null, h('p', {}, profileWords(spec.loadProfile)),
        ...schedules.filter((schedule) => schedule.specId === this.#id).map((schedule) => h('p', {}, scheduleWords(schedule))),
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
