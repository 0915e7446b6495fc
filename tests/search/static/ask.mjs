/** Answers queries from an index on the disk: `node ask.mjs FOLDER EDITION [no-ranges] < queries.json > answers.json`. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Search } from "../../../search/minutebook_search/browser/answers.js";
import { Engine } from "../../../search/minutebook_search/browser/engine.js";
import { tableOf } from "../../../search/minutebook_search/browser/table.js";

const [folder, edition, ranges] = process.argv.slice(2);
const engine = await Engine.open(edition, async (path, first, length) => {
  const file = join(folder, path);
  if (!existsSync(file)) return null;
  const bytes = new Uint8Array(readFileSync(file));
  const isPart = first !== undefined && length !== undefined && ranges !== "no-ranges";
  return { bytes: isPart ? bytes.slice(first, first + length) : bytes, isPart, sendsParts: ranges !== "no-ranges" };
});
const found = [];
for (const { request, all, table } of JSON.parse(readFileSync(0, "utf8"))) {
  if (table) {
    found.push(await tableOf(await Search.of(engine, request), "https://example.org/"));
    continue;
  }
  if (all) {
    found.push({ ids: await engine.everyId(request) });
    continue;
  }
  const answer = await engine.search(request);
  const facets = await answer.search.facets();
  found.push({
    total: answer.total, isAbout: answer.isAbout, messages: answer.messages, corrected: answer.corrected, partial: answer.partial,
    offers: answer.search.asked.offers,
    hits: answer.hits.map(({ record, snippet }) => ({ id: record.id, title: record.title, snippet: snippet.text, marks: snippet.marks })),
    facets: Object.fromEntries(Object.entries(facets).map(([field, values]) => [field, Object.fromEntries(values.map((one) => [one.value, one.count]))])),
  });
}
process.stdout.write(JSON.stringify(found));
