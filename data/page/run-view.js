// One run, live while it goes on, and as a report afterwards.

import { changeRun, download, get, list, stopRun, Unreachable } from './api.js';
import { Chart } from './chart.js';
import { Console } from './console.js';
import { h, notify, say, showConnection } from './dom.js';
import { bytes, count, elapsed, latency, number, percent } from './format.js';
import { badge } from './home-view.js';
import { LiveRun } from './live.js';
import { Series } from './series.js';

const MOST_SAMPLES = 200000;
const MOST_LINES = 20000;
const RETRY_AFTER = 2000; // ms
const SILENT = 3000; // ms without a sample after which the store is asked
const ACTIVE = ['pending', 'running', 'paused', 'stopping'];

const tile = (name) => {
  const value = h('strong', {}, '–');
  const note = h('small', { class: 'note' });
  return { value, note, element: h('div', { class: 'tile' }, h('small', {}, name), value, note) };
};

export class RunView {
  #id;
  #run = null;
  #series = new Series();
  #step = -1;
  #live = null;
  #closed = false;
  #drawing = 0;
  #heard = 0;
  #retry = 0;
  #title = h('h1', { class: 'grow' }, 'Run');
  #badge = h('span', {});
  #clock = h('span', { class: 'clock' });
  #bar = h('progress', { max: 1, value: 0, 'aria-label': 'How far the run is' });
  #pause = h('button', { type: 'button', onclick: () => this.#togglePause() }, 'Pause');
  #stop = h('button', { type: 'button', class: 'destructive', onclick: () => this.#change(() => stopRun(this.#id)) }, 'Stop');
  #csv = h('button', { type: 'button', onclick: () => this.#download() }, 'Download CSV');
  #level = h('form', { class: 'row', hidden: true, onsubmit: (event) => this.#setLevel(event) });
  #steps = h('select', { 'aria-label': 'Step that is shown', hidden: true, onchange: (event) => { this.#step = Number(event.target.value); this.#draw(); } });
  #tiles = Object.fromEntries(['Users', 'Requests/s', 'Requests', 'Failed', 'p50', 'p95', 'p99', 'Received/s'].map((name) => [name, tile(name)]));
  #charts = {
    throughput: new Chart('Requests per second', [{ name: 'Completed', colour: 'a' }, { name: 'Failed', colour: 'd' }], number),
    latency: new Chart('Latency', [{ name: 'p50', colour: 'b' }, { name: 'p95', colour: 'c' }, { name: 'p99', colour: 'd' }], latency),
    users: new Chart('Users', [{ name: 'Users', colour: 'e' }, { name: 'In flight', colour: 'a dashed' }], count, 1),
    data: new Chart('Data per second', [{ name: 'Received', colour: 'b' }, { name: 'Sent', colour: 'c' }], bytes),
  };
  #summary = h('div', {});
  #console = new Console();

  constructor(id) {
    this.#id = id;
    this.element = h('div', {},
      h('div', { class: 'row title' }, this.#title, this.#badge, this.#clock),
      this.#bar,
      h('div', { class: 'row controls' }, this.#stop, this.#pause, this.#level, h('span', { class: 'grow' }), this.#steps, this.#csv),
      h('div', { class: 'tiles' }, ...Object.values(this.#tiles).map((each) => each.element)),
      h('div', { class: 'charts' }, ...Object.values(this.#charts).map((chart) => chart.element)),
      this.#summary, this.#console.element);
  }

  async open() {
    await this.#reload();
    if (this.#closed || !this.#isActive) return;
    this.#live = new LiveRun(this.#id, {
      connected: (is) => showConnection(is ? 'good' : 'bad'),
      joined: () => this.#catchUp(),
      message: (message) => this.#take(message),
    });
  }

  close() {
    this.#closed = true;
    this.#live?.close();
    clearTimeout(this.#retry);
    cancelAnimationFrame(this.#drawing);
    Object.values(this.#charts).forEach((chart) => chart.close());
  }

  get #path() {
    return `/api/runs/${encodeURIComponent(this.#id)}`;
  }

  get #isActive() {
    return ACTIVE.includes(this.#run.status);
  }

  /** What the server kept; also after a connection was lost. */
  async #reload() {
    const [run, samples, lines] = await Promise.all([get(this.#path), list(`${this.#path}/samples`, MOST_SAMPLES), list(`${this.#path}/logs`, MOST_LINES)]);
    if (this.#closed) return;
    samples.forEach((sample) => this.#series.add(sample));
    lines.forEach((line) => this.#console.add(line));
    this.#showRun(run);
  }

  /** Reads what the server kept until that works; a run that has ended is followed no longer. */
  async #catchUp() {
    clearTimeout(this.#retry);
    try {
      await this.#reload();
      if (!this.#closed && !this.#isActive) this.#leave();
    } catch (error) {
      if (this.#closed) return;
      if (!(error instanceof Unreachable)) notify(error.message);
      else if (this.#live === null) {
        showConnection('bad');
        this.#retry = setTimeout(() => this.#catchUp(), RETRY_AFTER);
      }
    }
  }

  #leave() {
    this.#live?.close();
    this.#live = null;
    showConnection('');
  }

  #take({ type, runId, data }) {
    if (runId !== this.#id) return;
    if (type === 'progress') {
      this.#heard = performance.now();
      this.#series.add(data);
    } else if (type === 'logLine') this.#console.add(data);
    else if (type === 'state') this.#changed(data);
    else if (type === 'gap') this.#fillGap();
    else if (type === 'end') this.#ended();
    else if (type === 'error') notify(data?.detail ?? data?.message ?? 'The server refused to show this run live.');
    this.#draw();
  }

  /** Of a run that goes on in another process only its state comes by itself. */
  #changed(run) {
    this.#showRun({ ...this.#run, ...run });
    if (performance.now() - this.#heard > SILENT) this.#fillGap(`?cursor=${this.#series.last()?.t ?? 0}`);
  }

  /** Seconds that a slow connection missed: the server kept them. */
  #fillGap(which = '') {
    list(`${this.#path}/samples${which}`, MOST_SAMPLES).then((samples) => {
      samples.forEach((sample) => this.#series.add(sample));
      this.#draw();
    }).catch((error) => notify(error.message));
  }

  #ended() {
    this.#leave();
    this.#catchUp();
  }

  #showRun(run) {
    this.#run = run;
    const title = run.name || run.specName || 'Run';
    say(this.#title, title);
    document.title = `${title} – LoadForge`;
    this.#badge.replaceChildren(badge(run));
    const active = this.#isActive;
    this.#stop.hidden = !active;
    say(this.#stop, run.status === 'stopping' ? 'Stop at Once' : 'Stop');
    this.#pause.hidden = !['running', 'paused'].includes(run.status);
    say(this.#pause, run.status === 'paused' ? 'Resume' : 'Pause');
    this.#showLevel(active);
    this.#showSteps();
    this.#showSummary();
    this.#draw();
  }

  get #spec() {
    return this.#run.summary?.spec ?? this.#run.spec ?? {};
  }

  /** A control for the load, where the profile is one that is set by hand. */
  #showLevel(active) {
    const profile = this.#spec.loadProfile ?? {};
    const show = active && profile.executor === 'manual';
    this.#level.hidden = !show;
    if (!show || this.#level.childElementCount > 0) return;
    const kind = profile.rate !== undefined ? 'rate' : 'users';
    const label = kind === 'rate' ? 'Arrivals per second' : 'Users';
    this.#level.append(h('label', {}, label, ' ', h('input', { name: kind, type: 'number', min: 0, step: kind === 'rate' ? 'any' : 1, required: true, value: profile[kind === 'rate' ? 'rate' : 'vus'] ?? 1 })),
      h('button', {}, 'Set'));
  }

  #setLevel(event) {
    event.preventDefault();
    const input = this.#level.querySelector('input');
    this.#change(() => changeRun(this.#id, { [input.name]: Number(input.value) }));
  }

  #togglePause() {
    this.#change(() => changeRun(this.#id, { status: this.#run.status === 'paused' ? 'running' : 'paused' }));
  }

  async #change(act) {
    try {
      await act();
    } catch (error) {
      notify(error.message);
    }
  }

  #download() {
    this.#change(() => download(`${this.#path}/csv`, `${(this.#run?.specName || 'run').replace(/[^\p{L}\p{N}._-]+/gu, '-')}-${this.#id}.csv`));
  }

  #showSteps() {
    const steps = this.#run.summary?.steps ?? this.#spec.steps?.filter((step) => step.enabled !== false) ?? [];
    if (steps.length < 2 || this.#steps.childElementCount > 0) return;
    this.#steps.hidden = false;
    this.#steps.append(h('option', { value: -1 }, 'All steps'),
      ...steps.map((step, index) => h('option', { value: index }, step.name || `${step.method ?? 'GET'} ${step.url ?? ''}`)));
  }

  #showSummary() {
    const summary = this.#run.summary;
    if (!summary) return;
    const errors = (summary.errors ?? []).map((error) => h('li', {}, h('b', {}, count(error.count)), ` ${error.message} (${error.code})`));
    const statuses = Object.entries(summary.statusCodes ?? {}).map(([code, times]) => h('li', {}, h('b', {}, count(times)), ` answered ${code}`));
    const reasons = (summary.generator?.reasons ?? []).map((reason) => h('li', { class: 'warn' }, reason));
    this.#summary.replaceChildren(h('section', { class: 'card' }, h('h3', {}, 'Outcome'),
      h('ul', { class: 'facts' }, ...errors, ...statuses, ...reasons, errors.length + statuses.length === 0 ? h('li', {}, 'No request ended') : null)));
  }

  /** Once a frame at most, however much comes in. */
  #draw() {
    if (this.#drawing !== 0 || this.#closed) return;
    this.#drawing = requestAnimationFrame(() => {
      this.#drawing = 0;
      this.#drawNow();
    });
  }

  #drawNow() {
    const samples = this.#series.get(this.#step);
    const rate = (name) => samples.map((sample, index) => sample[name] / Series.length(samples, index));
    const times = samples.map((sample) => sample.t);
    this.#charts.throughput.show(times, [rate('completed'), rate('failed')]);
    this.#charts.latency.show(times, ['p50', 'p95', 'p99'].map((name) => samples.map((sample) => sample.duration?.[name] ?? 0)));
    const total = this.#series.get(); // users belong to no step
    this.#charts.users.show(total.map((sample) => sample.t), [total.map((sample) => sample.users), total.map((sample) => sample.inFlight)]);
    this.#charts.data.show(times, [rate('bytesReceived'), rate('bytesSent')]);
    this.#showTiles(samples);
    this.#showClock();
  }

  #showTiles(samples) {
    const sum = (name) => samples.reduce((total, sample) => total + sample[name], 0);
    const last = samples.at(-1);
    const summary = this.#isActive ? null : this.#run.summary;
    const part = this.#step < 0 ? summary : summary?.steps?.[this.#step];
    const duration = part?.latency?.duration ?? last?.duration;
    const requests = part?.requests ?? { total: sum('completed'), failed: sum('failed') };
    const length = samples.length > 0 ? Series.length(samples, samples.length - 1) : 1;
    const put = (name, text) => say(this.#tiles[name].value, text);
    if (!last && !part) return;
    put('Users', count(summary?.vusMax ?? this.#series.last()?.users ?? 0));
    put('Requests/s', number(requests.rate ?? last.completed / length));
    put('Requests', count(requests.total));
    put('Failed', count(requests.failed));
    say(this.#tiles.Failed.note, requests.failed > 0 ? percent(requests.failed, requests.total) : '');
    this.#tiles.Failed.element.classList.toggle('failing', requests.failed > 0);
    for (const name of ['p50', 'p95', 'p99']) put(name, duration ? latency(duration[name]) : '–');
    put('Received/s', bytes(part?.data ? part.data.received / Math.max(summary.duration, 0.001) : (last?.bytesReceived ?? 0) / length));
  }

  #showClock() {
    const planned = this.#run.progress?.duration ?? 0;
    const now = this.#series.last()?.t ?? this.#run.progress?.elapsed ?? 0;
    say(this.#clock, planned > 0 && this.#isActive ? `${elapsed(now)} of ${elapsed(planned)}` : elapsed(this.#run.summary?.duration ?? now));
    this.#bar.hidden = !this.#isActive || planned <= 0;
    this.#bar.value = planned > 0 ? Math.min(now / planned, 1) : 0;
  }
}
