// Numbers and times as the browser's language writes them.

const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 });
const clock = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const seconds = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

export const number = (value) => (Math.abs(value) >= 100 ? whole : fine).format(value);
export const count = (value) => whole.format(value);
export const percent = (part, all) => `${fine.format(all > 0 ? (100 * part) / all : 0)} %`;
export const when = (time) => (time ? clock.format(new Date(time)) : '–');
export const timeOfDay = (time) => seconds.format(new Date(time));

/** Milliseconds, in the unit that reads best. */
export function latency(ms) {
  if (ms >= 1000) return `${fine.format(ms / 1000)} s`;
  return ms >= 1 || ms === 0 ? `${fine.format(ms)} ms` : `${fine.format(ms * 1000)} µs`;
}

export function bytes(value) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const unit = value > 0 ? Math.min(Math.floor(Math.log10(value) / 3), units.length - 1) : 0;
  return `${fine.format(value / 1000 ** unit)} ${units[unit]}`;
}

/** 75 is 1:15, 3700 is 1:01:40. */
export function elapsed(time) {
  const parts = [Math.floor(time / 3600), Math.floor(time / 60) % 60, Math.floor(time % 60)];
  const text = parts.map((part) => String(part).padStart(2, '0'));
  return `${parts[0] > 0 ? `${parts[0]}:${text[1]}` : parts[1]}:${text[2]}`;
}

const words = {
  pending: 'Pending', running: 'Running', paused: 'Paused', stopping: 'Stopping', finished: 'Finished', stopped: 'Stopped',
  interrupted: 'Interrupted', passed: 'Passed', failed: 'Failed', aborted: 'Aborted', invalid: 'Invalid', error: 'Error',
};
export const word = (name) => words[name] ?? name ?? '';
