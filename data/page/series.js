// What is known of a run, second by second, whichever way and however often it was told.

const TOTAL = -1;

export class Series {
  #steps = new Map();
  #order = new Map();

  add(sample) {
    const step = sample.step ?? TOTAL;
    if (!this.#steps.has(step)) this.#steps.set(step, new Map());
    this.#steps.get(step).set(Math.round(sample.t), sample);
    this.#order.delete(step);
  }

  /** In the order of time. */
  get(step = TOTAL) {
    if (!this.#order.has(step)) {
      const samples = this.#steps.get(step) ?? new Map();
      this.#order.set(step, [...samples.values()].sort((a, b) => a.t - b.t));
    }
    return this.#order.get(step);
  }

  last(step = TOTAL) {
    return this.get(step).at(-1) ?? null;
  }

  /** How long the second before @index lasted: the first sample and the last may stand for less. */
  static length(samples, index) {
    const before = index > 0 ? samples[index - 1].t : 0;
    return Math.max(samples[index].t - before, 0.001);
  }
}
