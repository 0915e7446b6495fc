/** Lunr, as Material's own search uses it: `node --expose-gc lunr.mjs PAGES.json QUERIES.json`. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const require = createRequire(join(process.cwd(), "package.json"));
const lunr = require("lunr");
const pages = JSON.parse(readFileSync(process.argv[2], "utf8"));
const asked = JSON.parse(readFileSync(process.argv[3], "utf8"));

const began = performance.now();
const built = lunr(function () {
  this.ref("id");
  this.field("title", { boost: 8 });
  this.field("text");
  for (const page of pages) this.add(page);
});
const seconds = (performance.now() - began) / 1e3;
// The browser loads the index and the texts that its results are shown with.
const index = JSON.stringify(built);
const texts = JSON.stringify(pages);
globalThis.gc?.();
const before = process.memoryUsage().heapUsed;
const opening = performance.now();
const loaded = lunr.Index.load(JSON.parse(index));
const start = performance.now() - opening;
globalThis.gc?.();
const heap = (process.memoryUsage().heapUsed - before) / 1e6;

/** @type {Record<string, (query: string) => string>} */
const ways = { "common word": (query) => query, "rare word": (query) => query, "three words": (query) => query.split(" ").map((word) => `+${word}`).join(" "),
  prefix: (query) => query, typo: (query) => `${query}~1` };
const warm = {};
for (const [kind, way] of Object.entries(ways)) {
  const times = [];
  for (const query of asked[kind]) {
    const from = performance.now();
    loaded.search(way(query));
    times.push(performance.now() - from);
  }
  warm[kind] = times.sort((one, other) => one - other)[Math.floor(times.length / 2)];
}
process.stdout.write(JSON.stringify({ seconds, kB: (index.length + texts.length) / 1e3, gzip: (gzipSync(index).length + gzipSync(texts).length) / 1e3, start, heap, warm }));
