// HdrHistogram V2 compressed strings of LoadForge, read by npm's hdr-histogram-js, and the other way
// round: both say the same percentiles.
'use strict';

const { spawnSync } = require('node:child_process');

const codec = process.argv[2];
let hdr;
try {
  hdr = require('hdr-histogram-js');
} catch (error) {
  if (process.env.CI) throw error;
  console.log('1..0 # SKIP hdr-histogram-js is not installed; ./dev test installs it');
  process.exit(0);
}

const percentiles = [0.1, 1, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 100];
const layout = { lowestDiscernibleValue: 1, highestTrackableValue: 3600000000, numberOfSignificantValueDigits: 3 };
let number = 0;
let failed = 0;

function run(verb, input) {
  const result = spawnSync(codec, [verb], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (result.status !== 0) throw new Error(`${codec} ${verb}: ${result.stderr}`);
  return result.stdout.trim().split('\n').map((line) => JSON.parse(line));
}

function report(name, problems) {
  problems.slice(0, 10).forEach((problem) => console.log(`# ${problem}`));
  failed += problems.length > 0 ? 1 : 0;
  console.log(`${problems.length ? 'not ok' : 'ok'} ${(number += 1)} ${name}`);
}

// What two readers of one histogram disagree on. A value is known to its bucket only, and LoadForge
// never tells a percentile above the maximum.
function compare(theirs, ours) {
  const problems = [];
  const same = (what, a, b) => {
    if (a !== b) problems.push(`${what}: ${a} there, ${b} here, of ${ours.count} values`);
  };
  same('count', theirs.totalCount, ours.count);
  if (ours.count === 0) return problems;
  for (const p of percentiles)
    same(`p${p}`, Math.min(theirs.getValueAtPercentile(p), ours.max), ours.percentiles[p]);
  same('max', theirs.highestEquivalentValue(theirs.maxValue), theirs.highestEquivalentValue(ours.max));
  if (Math.abs(theirs.mean - ours.mean) > ours.mean / 1000)
    problems.push(`mean: ${theirs.mean} there, ${ours.mean} here`);
  return problems;
}

function draw(build, n, low, high) {
  const histogram = build();
  for (let i = 0; i < n; i += 1)
    histogram.recordValue(Math.floor(Math.exp(Math.log(low) + Math.random() * (Math.log(high) - Math.log(low)))));
  return histogram;
}

const written = run('write', '');
report('what LoadForge writes, hdr-histogram-js reads',
  written.flatMap((ours) => compare(hdr.decodeFromCompressedBase64(ours.text, 64), ours)));

const wide = () => hdr.build(layout);
// Another tool's layout: it grows as it needs, and knows nothing of an hour.
const growing = () => hdr.build({ numberOfSignificantValueDigits: 3 });
const shapes = [wide(), ...Array.from({ length: 30 }, () => draw(wide, 1 + Math.random() * 20000, 1, 3.6e9)),
  ...Array.from({ length: 10 }, () => draw(growing, 3000, 50, 100000))];
const read = run('read', shapes.map((histogram) => `${hdr.encodeIntoCompressedBase64(histogram)}\n`).join(''));
report('what hdr-histogram-js writes, LoadForge reads',
  shapes.flatMap((theirs, i) => (read[i] === null ? [`histogram ${i} is refused`] : compare(theirs, read[i]))));

const again = run('read', written.map((ours) => `${ours.text}\n`).join(''));
report('a text read and written again is the same',
  written.flatMap((ours, i) => (again[i] !== null && again[i].text === ours.text ? [] : [`histogram ${i} differs`])));

console.log(`1..${number}`);
process.exit(failed ? 1 : 0);
