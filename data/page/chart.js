// A chart of lines over the seconds of a run, drawn as SVG. Arrow keys move the cursor that reads values.

import { h, say, svg } from './dom.js';
import { elapsed } from './format.js';

const HEIGHT = 200;
const LEFT = 56;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 24;

/** The next of 1, 2, 5, 10, 20… that is not below @value. */
function niceStep(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= value * (1 - 1e-9));
}

const timeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 43200, 86400];

/** At most one point a pixel: the highest of those that fall on it, as a peak must not get lost. */
function thin(times, values, columns) {
  const step = Math.max(1, Math.ceil(times.length / columns));
  if (step === 1) return times.map((_, index) => index);
  const kept = [];
  for (let from = 0; from < times.length; from += step) {
    let best = from;
    for (let at = from + 1; at < Math.min(from + step, times.length); at += 1) if (values[at] > values[best]) best = at;
    kept.push(best);
  }
  return kept;
}

export class Chart {
  #title;
  #lines;
  #format;
  #leastStep;
  #times = [];
  #hidden = new Set();
  #cursor = null;
  #plot = svg('svg', { class: 'plot', tabindex: 0, role: 'img' });
  #reading = h('p', { class: 'reading', 'aria-live': 'polite' });
  #size;

  /** @lines: [{name, colour: 'a'…'e', or 'a dashed'}]; @format writes a value with its unit; @leastStep between two ticks. */
  constructor(title, lines, format, leastStep = 0) {
    this.#leastStep = leastStep;
    this.#title = title;
    this.#lines = lines.map((line) => ({ ...line, values: [] }));
    this.#format = format;
    this.element = h('section', { class: 'card chart' }, h('h3', {}, title), this.#legend(), this.#plot, this.#reading);
    this.#plot.addEventListener('pointermove', (event) => this.#point(event));
    this.#plot.addEventListener('pointerdown', (event) => this.#point(event));
    this.#plot.addEventListener('pointerleave', () => this.#moveTo(null));
    this.#plot.addEventListener('keydown', (event) => this.#key(event));
    this.#size = new ResizeObserver(() => this.#draw());
    this.#size.observe(this.element);
  }

  close() {
    this.#size.disconnect();
  }

  /** @values: an array for each line, as long as @times (seconds). */
  show(times, values) {
    this.#times = times;
    this.#lines.forEach((line, index) => { line.values = values[index]; });
    this.#draw();
  }

  #legend() {
    return h('div', { class: 'legend' }, ...this.#lines.map((line) => {
      const button = h('button', { type: 'button', 'aria-pressed': 'true', class: `key ${line.colour}`, onclick: () => {
        const hide = !this.#hidden.has(line.name);
        if (hide) this.#hidden.add(line.name); else this.#hidden.delete(line.name);
        button.setAttribute('aria-pressed', String(!hide));
        this.#draw();
      } }, line.name);
      return button;
    }));
  }

  get #shown() {
    return this.#lines.filter((line) => !this.#hidden.has(line.name));
  }

  #scale() {
    const width = Math.max(this.#plot.clientWidth, 200);
    const most = Math.max(0, ...this.#shown.map((line) => line.values.reduce((a, b) => Math.max(a, b), 0)));
    const step = niceStep(Math.max((most || 1) / 4, this.#leastStep));
    const top = step * Math.max(Math.ceil(most / step - 1e-9), 1);
    const end = Math.max(this.#times.at(-1) ?? 0, 10);
    const x = (time) => LEFT + (time / end) * (width - LEFT - RIGHT);
    const y = (value) => HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM);
    return { width, step, top, end, x, y };
  }

  #draw() {
    const scale = this.#scale();
    const parts = [...this.#axes(scale)];
    for (const line of this.#shown) {
      const points = thin(this.#times, line.values, scale.width)
        .map((index) => `${scale.x(this.#times[index]).toFixed(1)},${scale.y(line.values[index]).toFixed(1)}`);
      parts.push(svg('polyline', { class: `line ${line.colour}`, points: points.join(' ') }));
      if (points.length === 1) {
        const [cx, cy] = points[0].split(',');
        parts.push(svg('circle', { class: `dot ${line.colour}`, cx, cy, r: 2 }));
      }
    }
    if (this.#cursor !== null && this.#cursor < this.#times.length) {
      const at = scale.x(this.#times[this.#cursor]);
      parts.push(svg('line', { class: 'cursor', x1: at, x2: at, y1: TOP, y2: HEIGHT - BOTTOM }));
    }
    this.#plot.setAttribute('viewBox', `0 0 ${scale.width} ${HEIGHT}`);
    this.#plot.setAttribute('height', HEIGHT);
    this.#plot.replaceChildren(...parts);
    this.#tell();
  }

  * #axes({ width, step, top, end, x, y }) {
    for (let value = 0; value <= top * (1 + 1e-9); value += step) {
      yield svg('line', { class: 'grid', x1: LEFT, x2: width - RIGHT, y1: y(value), y2: y(value) });
      yield svg('text', { class: 'tick', x: LEFT - 6, y: y(value) + 4, 'text-anchor': 'end' }, this.#format(value));
    }
    const every = timeSteps.find((each) => (each / end) * (width - LEFT - RIGHT) >= 60) ?? 86400;
    for (let time = 0; time <= end; time += every) {
      yield svg('text', { class: 'tick', x: x(time), y: HEIGHT - 6, 'text-anchor': 'middle' }, elapsed(time));
    }
  }

  /** The values at the cursor, or the last ones; also what a screen reader hears of the picture. */
  #tell() {
    if (this.#times.length === 0) {
      say(this.#reading, 'Nothing measured yet');
      this.#plot.setAttribute('aria-label', `${this.#title}: nothing measured yet`);
      return;
    }
    const at = Math.min(this.#cursor ?? this.#times.length - 1, this.#times.length - 1);
    const text = [elapsed(this.#times[at]), ...this.#shown.map((line) => `${line.name} ${this.#format(line.values[at])}`)].join(' · ');
    this.#reading.setAttribute('aria-live', this.#cursor === null ? 'off' : 'polite');
    say(this.#reading, text);
    this.#plot.setAttribute('aria-label', `${this.#title}, arrow keys read its values. ${text}`);
  }

  #moveTo(index) {
    if (index === this.#cursor) return;
    this.#cursor = index;
    this.#draw();
  }

  #point(event) {
    if (this.#times.length === 0) return;
    const { width, end } = this.#scale();
    const box = this.#plot.getBoundingClientRect();
    const time = ((event.clientX - box.left - LEFT) / (width - LEFT - RIGHT)) * end;
    let nearest = 0;
    this.#times.forEach((each, index) => { if (Math.abs(each - time) < Math.abs(this.#times[nearest] - time)) nearest = index; });
    this.#moveTo(nearest);
  }

  #key(event) {
    const last = this.#times.length - 1;
    const at = Math.min(this.#cursor ?? last, last);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last, PageUp: at - 10, PageDown: at + 10 }[event.key];
    if (event.key === 'Escape') this.#moveTo(null);
    if (to === undefined || last < 0) return;
    event.preventDefault();
    this.#moveTo(Math.min(Math.max(to, 0), last));
  }
}
