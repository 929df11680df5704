// All specs, and the newest runs.

import { list, startRun, Unreachable } from './api.js';
import { h, notify, showConnection } from './dom.js';
import { latency, number, when, word } from './format.js';

const EVERY = 5000; // ms between looks for what is new
const MOST_SPECS = 2000;
const MOST_RUNS = 50;

export const badge = (run) => {
  const text = run.verdict && ['finished', 'stopped'].includes(run.status) ? run.verdict : run.status;
  return h('span', { class: `badge ${text}` }, word(text));
};

const figures = (run) => {
  const summary = run.summary;
  const rate = summary?.requests?.rate ?? run.progress?.rate;
  const p95 = summary?.latency?.duration?.p95;
  return [rate === undefined ? null : `${number(rate)} req/s`, p95 === undefined ? null : `p95 ${latency(p95)}`].filter(Boolean).join(' · ');
};

/** A row for each run, newest first. */
export const runList = (runs, empty) => (runs.length === 0 ? h('p', { class: 'empty' }, empty) : h('ul', { class: 'rows' }, ...runs.map((run) => h('li', {},
  h('a', { href: `/runs/${encodeURIComponent(run.id)}`, 'data-link': true },
    h('span', { class: 'grow' }, h('b', {}, run.name || run.specName || 'Run'), h('small', {}, when(run.startedAt))),
    h('small', { class: 'figures' }, figures(run)), badge(run))))));

export class HomeView {
  #specs = h('div', {}, h('p', { class: 'empty' }, 'Loading…'));
  #runs = h('div', {}, h('p', { class: 'empty' }, 'Loading…'));
  #filter = h('input', { type: 'search', placeholder: 'Filter', 'aria-label': 'Filter specs by name, tag or address', oninput: () => this.#showSpecs() });
  #all = [];
  #timer = 0;
  #closed = false;
  #go;

  constructor(go) {
    this.#go = go;
    this.element = h('div', { class: 'columns' },
      h('section', { class: 'card' }, h('div', { class: 'row' }, h('h2', {}, 'Specs'), h('span', { class: 'grow' }), this.#filter), this.#specs),
      h('section', { class: 'card' }, h('h2', {}, 'Runs'), this.#runs));
  }

  async open() {
    document.title = 'LoadForge';
    await this.#refresh();
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #refresh() {
    try {
      const [specs, runs] = await Promise.all([list('/api/specs', MOST_SPECS), list(`/api/runs?limit=${MOST_RUNS}`, MOST_RUNS)]);
      if (this.#closed) return;
      const changed = JSON.stringify(specs) !== JSON.stringify(this.#all);
      this.#all = specs;
      if (changed || specs.length === 0) this.#showSpecs();
      if (!this.#runs.contains(document.activeElement)) this.#runs.replaceChildren(runList(runs, 'No run yet. Start one of the specs.'));
      showConnection('good');
    } finally {
      if (!this.#closed) this.#timer = setTimeout(() => this.#refresh().catch((error) => this.#failed(error)), EVERY);
    }
  }

  #failed(error) {
    if (this.#closed) return;
    if (error instanceof Unreachable) showConnection('bad');
    else notify(error.message);
  }

  #showSpecs() {
    const text = this.#filter.value.toLowerCase();
    const specs = this.#all.filter((spec) => JSON.stringify([spec.name, spec.tags, spec.steps?.map((step) => step.url)]).toLowerCase().includes(text));
    const empty = this.#all.length > 0 ? 'No spec fits the filter.' : 'No spec yet. Make one in LoadForge, or send one to /api/specs.';
    this.#specs.replaceChildren(specs.length === 0 ? h('p', { class: 'empty' }, empty) : h('ul', { class: 'rows' }, ...specs.map((spec) => this.#specRow(spec))));
  }

  #specRow(spec) {
    const first = spec.steps?.find((step) => step.enabled !== false);
    return h('li', {},
      h('a', { href: `/specs/${encodeURIComponent(spec.id)}`, 'data-link': true },
        h('span', { class: 'grow' }, h('b', {}, spec.name || 'Untitled'), h('small', {}, first ? `${first.method ?? 'GET'} ${first.url ?? ''}` : 'No step'))),
      h('button', { type: 'button', class: 'suggested', 'aria-label': `Start ${spec.name || 'this spec'}`, onclick: (event) => this.#start(event.currentTarget, spec) }, 'Start'));
  }

  async #start(button, spec) {
    button.disabled = true;
    try {
      this.#go(`/runs/${encodeURIComponent(await startRun(spec.id))}`);
    } catch (error) {
      notify(error.message);
      button.disabled = false;
    }
  }
}
