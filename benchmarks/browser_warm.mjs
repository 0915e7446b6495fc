/**
 * The browser's engine in node, with every file at hand: `node --expose-gc browser_warm.mjs FOLDER`. Milliseconds are
 * those of the processor, all threads together, so that other work on the machine does not count.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Engine } from "../search/minutebook_search/browser/engine.js";

const ROUNDS = 12;
const folder = join(process.argv[2], "search");
const edition = readdirSync(join(folder, "index")).find((group) => existsSync(join(folder, "index", group, "start-0.bin")));
const engine = await Engine.open(edition, async (path, first, length) => {
  const bytes = new Uint8Array(readFileSync(join(folder, path)));
  const isPart = first !== undefined && length !== undefined;
  return { bytes: isPart ? bytes.slice(first, first + length) : bytes, isPart, sendsParts: true };
});
const asked = JSON.parse(readFileSync(join(process.argv[2], "queries.json"), "utf8"));

/** @param {number[]} times @param {number} share */
const at = (times, share) => times.sort((one, other) => one - other)[Math.min(times.length - 1, Math.floor(times.length * share))];

const kinds = {};
for (const [kind, queries] of Object.entries(asked)) {
  const times = [];
  for (const query of queries) {
    await engine.search({ query }); // fetches what it needs
    for (let round = 0; round < ROUNDS; round++) {
      const began = process.cpuUsage();
      await engine.search({ query });
      const { user, system } = process.cpuUsage(began);
      if (round >= 2) times.push((user + system) / 1e3); // the first rounds compile
    }
  }
  kinds[kind] = { p50: at(times, 0.5), p95: at(times, 0.95) };
}
globalThis.gc?.();
const { heapUsed, arrayBuffers } = process.memoryUsage();
process.stdout.write(JSON.stringify({ kinds, heap: (heapUsed + arrayBuffers) / 1e6 }));
