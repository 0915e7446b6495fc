/** The browser's modules against what Python says of the same words, dates and queries: MINUTEBOOK_VECTORS names the file. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readDays } from "../../../search/minutebook_search/browser/dates.js";
import { possibleCodes, QUESTION_WORDS, Synonyms, widen } from "../../../search/minutebook_search/browser/meaning.js";
import { parseQuery } from "../../../search/minutebook_search/browser/parser.js";
import { nearest, turned } from "../../../search/minutebook_search/browser/spelling.js";
import { stem } from "../../../search/minutebook_search/browser/stem.js";
import { safeCell } from "../../../search/minutebook_search/browser/table.js";
import { compounds, keyOf, tidy, wholesOf } from "../../../search/minutebook_search/browser/words.js";

const vectors = JSON.parse(readFileSync(process.env.MINUTEBOOK_VECTORS ?? "vectors.json", "utf8"));

/** Help on how to mend a query may be worded otherwise; what was left out, and why, may not. @param {string} message */
function gist(message) {
  return message.replace(/; .*$/, "").replace(/^cannot read `.*` as/, "cannot read it as").replace(/(searched as a word|not the year after \d+|is a financial year or) ?.*$/, "$1");
}

test("every word has the same stem", () => {
  assert.ok(vectors.stems.length > 10_000);
  const wrong = vectors.stems.filter(([word, expected]) => stem(word) !== expected);
  assert.deepEqual(wrong.slice(0, 5), []);
});

test("every text has the same words, with the same words joined", () => {
  for (const [text, forms, wholes, tidied, key] of vectors.texts) {
    const found = compounds(text);
    assert.deepEqual(found.map((compound) => compound.map((token) => [token.printed, token.base])), forms, text);
    assert.deepEqual(wholesOf(text, found), wholes, text);
    assert.equal(tidy(text), tidied);
    assert.equal(keyOf(text), key);
  }
});

test("every date names the same days, or none", () => {
  for (const [value, expected] of vectors.dates) {
    let found = null;
    try {
      const days = readDays(value);
      found = [days.first, days.last];
    } catch {
      // what Python cannot read either
    }
    assert.deepEqual(found, expected, value);
  }
});

test("every query is read as the same tree, with the same messages", () => {
  const synonyms = new Synonyms(vectors.synonyms);
  for (const { query, tree, widened, codes: expected, messages, columns } of vectors.queries) {
    const parsed = parseQuery(query);
    assert.deepEqual(parsed.root, tree, query);
    assert.deepEqual(parsed.root && widen(parsed.root, synonyms), widened, query);
    assert.deepEqual(possibleCodes(parsed).map(({ whole, others }) => [whole, others]), expected, query);
    assert.deepEqual(parsed.messages.map((message) => gist(message.text)), messages.map(gist), query);
    assert.deepEqual(parsed.messages.map((message) => message.column), columns, query);
  }
});

test("every cell of a table is as safe", () => {
  const apart = vectors.cells.map(([text, expected]) => [text, safeCell(text), expected]).filter(([, found, expected]) => found !== expected);
  assert.deepEqual(apart.slice(0, 5), []);
  assert.ok(vectors.cells.filter(([, expected]) => /^"?'/.test(expected)).length > 500);
});

test("the words of a question are the same", () => {
  assert.deepEqual([...QUESTION_WORDS].sort(), vectors.questionWords);
});

test("every typo is corrected to the same word", () => {
  const known = vectors.typos.vocabulary.filter(([word]) => /^\p{L}+$/u.test(word));
  for (const [word, expected] of vectors.typos.corrected) {
    const letters = [...word];
    let found = null;
    if (letters.length === 4) found = turned(letters, known);
    else if (letters.length >= 5 && /^\p{L}+$/u.test(word)) {
      found = nearest(letters, known, 1) ?? (letters.length >= 8 ? nearest(letters, known, 2) : null);
    }
    assert.equal(found, expected, word);
  }
  assert.ok(vectors.typos.corrected.filter(([word, expected]) => [...word].length === 4 && expected !== null).length > 10);
});
