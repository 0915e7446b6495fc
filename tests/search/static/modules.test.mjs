/** The browser's modules by themselves: sets, snippets, the state of the page, tables, and files that are not as they were made. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { ByteReader, crc32 } from "../../../search/minutebook_search/browser/bytes.js";
import { isoOf } from "../../../search/minutebook_search/browser/dates.js";
import { IndexFiles, IndexTrouble } from "../../../search/minutebook_search/browser/files.js";
import { placeIn } from "../../../search/minutebook_search/browser/lexicon.js";
import { best, both, either, within, without } from "../../../search/minutebook_search/browser/matches.js";
import { safeCell } from "../../../search/minutebook_search/browser/table.js";
import { Finder, snippetOf } from "../../../search/minutebook_search/browser/snippets.js";
import { isEmpty, readState, writeState } from "../../../search/minutebook_search/browser/state.js";

/** @param {Record<string, number>} scored @param {number[]} [unsure] */
function matches(scored, unsure = []) {
  const documents = Object.keys(scored).map(Number);
  return {
    documents: Uint32Array.from(documents),
    scores: Float32Array.from(Object.values(scored)),
    sure: unsure.length > 0 ? Uint8Array.from(documents, (one) => (unsure.includes(one) ? 0 : 1)) : null,
  };
}

/** @param {import("../../../search/minutebook_search/browser/matches.js").Matches} found */
function told(found) {
  return [...found.documents].map((document, at) => [document, found.scores[at], found.sure === null || found.sure[at] === 1]);
}

test("numbers of every length are read, and a file that ends within one is refused", () => {
  const reader = new ByteReader(Uint8Array.of(0, 127, 128, 1, 255, 255, 255, 255, 15));
  assert.deepEqual([reader.varint(), reader.varint(), reader.varint(), reader.varint()], [0, 127, 128, 4294967295]);
  assert.throws(() => new ByteReader(Uint8Array.of(128)).varint(), RangeError);
  assert.throws(() => new ByteReader(Uint8Array.of(5, 65)).text(), RangeError);
});

test("the checksum of a word is the CRC-32 of its UTF-8", () => {
  assert.equal(crc32("123456789"), 0xcbf43926);
});

test("what both have, what either has, and what the other has not", () => {
  const one = matches({ 1: 1, 3: 2, 5: 3 });
  const other = matches({ 3: 10, 4: 20, 5: 30 }, [5]);
  assert.deepEqual(told(both(one, other)), [[3, 12, true], [5, 33, false]]);
  assert.deepEqual(told(either(one, other)), [[1, 1, true], [3, 12, true], [4, 20, true], [5, 33, true]]);
  assert.deepEqual(told(either(one, other, Math.max)).map(([, score]) => score), [1, 10, 20, 30]);
  assert.deepEqual(told(without(one, other)), [[1, 1, true], [5, 3, false]]);
  assert.deepEqual(told(within(one, other)), [[3, 2, true], [5, 3, false]]);
});

test("a short list and a long one are joined as two short ones are", () => {
  const few = matches({ 0: 1, 500: 1, 999: 1 });
  const many = matches(Object.fromEntries(Array.from({ length: 500 }, (_, at) => [2 * at, 1])));
  assert.deepEqual([...both(few, many).documents], [0, 500]);
});

test("the best come first, the newest of equals before the others", () => {
  const found = matches({ 1: 5, 2: 9, 3: 5, 4: 1, 5: 5 });
  assert.deepEqual(best(found, 3).map((at) => found.documents[at]), [2, 5, 3]);
  assert.deepEqual(best(found, 0), []);
  assert.equal(best(found, 99).length, 5);
});

test("a shard is found by its first key", () => {
  assert.deepEqual(["a", "b", "bz", "c", "z"].map((key) => placeIn(["b", "c"], key)), [-1, 0, 0, 1, 1]);
});

test("a snippet shows the stretch with most of what was looked for", () => {
  const filler = "one two three four five six seven eight nine ten ".repeat(10);
  const record = { passages: [{ text: "Title", weight: 8 }, { text: `${filler}the roof of the orchard ${filler}`, weight: 1 }] };
  const leaves = [{ kind: "word", text: "roofs", column: 1 }, { kind: "word", text: "orchard", column: 2 }];
  const snippet = snippetOf(record, new Finder(leaves));
  assert.deepEqual(snippet.marks.map(([start, end]) => snippet.text.slice(start, end)), ["roof", "orchard"]);
  assert.ok(snippet.text.startsWith("… ") && snippet.text.endsWith(" …"));
});

test("a state survives the address, and nothing asked is no query", () => {
  const address = "?q=a+%22b+c%22&type=report&type=item&year=2019&from=2019-11&sort=oldest&page=3";
  assert.equal(writeState(readState(new URLSearchParams(address))), address);
  assert.equal(writeState(readState(new URLSearchParams("?q=&sort=nonsense&page=-4&type="))), "");
  assert.equal(isEmpty(readState(new URLSearchParams("?q=++"))), true);
  assert.equal(isEmpty(readState(new URLSearchParams("?outcome=noted"))), false);
});

test("a date as people write it is read as ISO 8601 has it", () => {
  for (const [written, iso] of [["November 2019", "2019-11"], ["Nov 2019", "2019-11"], ["Sept. 2019", "2019-09"], ["7 January 2020", "2020-01-07"],
    ["7th of Jan 2020", "2020-01-07"], ["January 7, 2020", "2020-01-07"], ["7/1/2020", "2020-01-07"], [" may  2020 ", "2020-05"],
    ["2019-11", null], ["2019/20", null], ["Novem 2019", null], ["soon", null], ["", null]]) {
    assert.equal(isoOf(/** @type {string} */ (written)), iso, /** @type {string} */ (written));
  }
});

test("a snippet is never the name of the council", () => {
  const passages = [{ text: "A paper", weight: 4 }, { text: "Harrow Council", weight: 0.5 }, { text: "It was noted by Harrow.", weight: 1 }];
  const record = { id: "a", url: "a/", type: "report", date: null, dateShown: null, body: null, bodyName: null, outcome: null, citation: "", officialPage: "", topics: [], title: "A paper", passages };
  assert.equal(snippetOf(record, new Finder([{ kind: "word", text: "council", column: 1 }])).text, "It was noted by Harrow.");
});

test("no cell of a table can be read as a formula", () => {
  assert.deepEqual(["=1+1", " +1", "-x", "@a", "a=b", 'say "so", he', "two\nlines"].map(safeCell),
    ["'=1+1", "' +1", "'-x", "'@a", "a=b", '"say ""so"", he"', "two lines"]);
});

const EDITION = "0011223344";

/** @param {object} [other] */
function file({ magic = "MBSI", format = 4, family = 1, number = 7, edition = EDITION, body = "content" } = {}) {
  const head = Buffer.alloc(10);
  head.write(magic, "latin1");
  head[4] = format;
  head[5] = family;
  head.writeUInt32BE(number, 6);
  return new Uint8Array(Buffer.concat([head, Buffer.from(edition, "hex"), gzipSync(body)]));
}

/** @param {Uint8Array | null | Error} answer */
function reading(answer) {
  const files = new IndexFiles(EDITION, async () => {
    if (answer instanceof Error) throw answer;
    return answer === null ? null : { bytes: answer, isPart: false };
  });
  return files.get("lexicon", 7, (reader) => new TextDecoder().decode(reader.bytes));
}

test("a file as it was made is read", async () => {
  assert.equal(await reading(file()), "content");
});

for (const [name, answer, kind] of /** @type {[string, any, string][]} */ ([
  ["a file that is not there", null, "missing"],
  ["a connection that is down", new Error("down"), "unreachable"],
  ["an empty file", new Uint8Array(0), "damaged"],
  ["a file that is cut off", file().slice(0, -3), "damaged"],
  ["a file with another byte", Object.assign(file(), { 35: 0 }), "damaged"],
  ["a page in its place", new TextEncoder().encode("<!doctype html><title>Sign in</title>"), "foreign"],
  ["a file of another edition", file({ edition: "ff11223344" }), "foreign"],
  ["a file of another family", file({ family: 2 }), "foreign"],
  ["a file of another number", file({ number: 8 }), "foreign"],
  ["a file of another format", file({ format: 2 }), "foreign"],
])) {
  test(`${name} is ${kind}, and is never read`, async () => {
    await assert.rejects(reading(answer), (error) => error instanceof IndexTrouble && error.kind === kind);
  });
}

/** @param {Uint8Array} part @param {string} [key] */
function readingPiece(part, key = "0a0b0c0d") {
  const files = new IndexFiles(EDITION, async () => ({ bytes: part, isPart: true }));
  files.key = key;
  return files.pieces("postings", 3, 0, [15], (bytes) => new TextDecoder().decode(bytes));
}

/** A piece that says "content". */
function piece() {
  const content = new TextEncoder().encode("content");
  const head = Buffer.from("0a0b0c0d00000000", "hex");
  head.writeUInt32BE(crc32("content"), 4);
  return new Uint8Array(Buffer.concat([head, content]));
}

test("a piece as it was made is read", async () => {
  assert.equal(await readingPiece(piece()), "content");
});

for (const [name, part, kind] of /** @type {[string, Uint8Array, string][]} */ ([
  ["a piece that is cut off", piece().slice(0, -1), "damaged"],
  ["a piece with another byte", Object.assign(piece(), { 9: 0 }), "damaged"],
  ["a piece of another index", Object.assign(piece(), { 0: 0 }), "foreign"],
])) {
  test(`${name} is ${kind}, and is never read`, async () => {
    await assert.rejects(readingPiece(part), (error) => error instanceof IndexTrouble && error.kind === kind);
  });
}

test("what failed once is asked for anew", async () => {
  const answers = [null, { bytes: file(), isPart: false }];
  const files = new IndexFiles(EDITION, async () => answers.shift() ?? null);
  await assert.rejects(files.get("lexicon", 7, () => 1));
  assert.equal(await files.get("lexicon", 7, () => 2), 2);
});

test("pieces side by side are fetched at once, and each is checked", async () => {
  const both = new Uint8Array([...piece(), ...piece()]);
  const files = new IndexFiles(EDITION, async (_, first, length) => ({ bytes: both.slice(first - 15, first - 15 + length), isPart: true }));
  files.key = "0a0b0c0d";
  const read = (/** @type {Uint8Array[]} */ ...parts) => parts.map((part) => new TextDecoder().decode(part));
  assert.deepEqual(await files.pieces("postings", 3, 0, [15, 15], read), ["content", "content"]);
  assert.equal(files.requests, 1);
  both[29] ^= 1;
  await assert.rejects(files.pieces("postings", 4, 0, [15, 15], read), (error) => error instanceof IndexTrouble && error.kind === "damaged");
});

for (const [name, answer, expected] of /** @type {[string, any, any]} */ ([
  ["says that it answers ranges, and does", { isPart: true }, [1, 2]],
  ["says so, and sends the whole file", { isPart: false }, null],
])) {
  test(`a part of a large file, where the server ${name}`, async () => {
    const asked = [];
    const files = new IndexFiles(EDITION, async (path, first, length, isLarge) => {
      asked.push(isLarge);
      return first === undefined ? { bytes: file(), isPart: false, sendsParts: true } : { bytes: Uint8Array.of(1, 2), ...answer };
    });
    assert.equal(await files.partOfLarge("records", 0, 0, 2), null); // nobody knows yet, so nobody asks
    await files.get("lexicon", 7, () => 1);
    const part = await files.partOfLarge("records", 0, 0, 2);
    assert.deepEqual(part && [...part], expected);
    assert.equal(await files.partOfLarge("records", 1, 0, 2) === null, expected === null);
    assert.deepEqual(asked, expected === null ? [undefined, true] : [undefined, true, true]);
  });
}

test("parts that are asked for at once are one file, once, where the server sends whole files", async () => {
  const head = file({ family: 2, number: 3 }).subarray(0, 15);
  const bytes = Uint8Array.from([...head, ...Array.from({ length: 60 }, (_, at) => at)]);
  const files = new IndexFiles(EDITION, async () => ({ bytes, isPart: false }));
  const parts = await Promise.all([1, 2, 3].map((at) => files.part("postings", 3, at, 1)));
  assert.deepEqual(parts.map(([byte]) => byte), [1, 2, 3]);
  assert.equal(files.requests, 1);
});

// A browser answers a range out of its cache where an earlier page has left the whole file there, whatever the server does.
for (const [name, cached] of /** @type {[string, number[]][]} */ ([
  ["never", []], ["for the first file", [1]], ["for a later file", [2]], ["for every file", [1, 2, 3]],
])) {
  test(`a part is the same where the server sends whole files and the cache answers ${name}`, async () => {
    const body = Uint8Array.from({ length: 60 }, (_, at) => at);
    const files = new IndexFiles(EDITION, async (path, first, length) => {
      const number = Number(/postings-(\d)/.exec(path)?.[1]);
      const head = file({ family: 2, number }).subarray(0, 15);
      const bytes = Uint8Array.from([...head, ...body]);
      const isPart = first !== undefined && length !== undefined && cached.includes(number);
      return { bytes: isPart ? bytes.slice(first, first + length) : bytes, isPart };
    });
    for (const number of [1, 2, 3, 2, 1])
      assert.deepEqual([...await files.part("postings", number, 30, 4)], [30, 31, 32, 33]);
    assert.equal(await files.partOfLarge("records", 0, 0, 4), null); // the cache has no large file
  });
}
