/**
 * What comes first of what was found: a record that the query names, has in a row, or has in a place of weight.
 * As `minutebook_search/ranking.py` has it; what kind of record it is, is in the index already.
 *
 * @typedef {import("./scanner.js").Node} Node
 * @typedef {import("./records.js").Found} Found
 */
import { flattened, QUESTION_WORDS } from "./meaning.js";
import { wanted } from "./parser.js";
import { stem } from "./stem.js";
import { words } from "./words.js";

const NAMED = 0.5; // more, where the query says a record's name, and nothing else
const IN_A_ROW = 0.2; // more, where the words of the query stand in a row
const LIKE_A_PHRASE = 4; // words from which on a row is read as a phrase that lacks its marks
const OWN = 0.8; // power of the weight of the passage in which a phrase stands: its own wording comes before a mention
const SHARE = 0.2; // more, where that passage is the phrase and nothing else
const SIDES = 0.6; // times, for a discrepancy: it sets the words of others side by side, unless they are its name
const A_NAME = 6; // the weight of a title is more, that of an alias is this, that of other text less

export class Ranking {
  /** @param {Node} root */
  constructor(root) {
    this.asked = new Set(wanted(root).flatMap((leaf) => ("text" in leaf ? stemsOf(leaf.text) : [])));
    const joint = root.kind === "and" ? flattened(root.of) : [root];
    this.phrases = joint.flatMap((one) => (one.kind === "phrase" ? [words(one.text).map((word) => word.printed)] : []));
    const row = joint.flatMap(wordsAsTyped);
    this.row = row.length > 1 ? row : null;
  }

  /** What the score of a record is multiplied by. @param {Found} record @param {import("./records.js").Records} records */
  more(record, records) {
    let more = 1 + NAMED * this.named(record);
    for (const phrase of this.phrases) more *= said(record, phrase);
    if (this.row !== null && records.hasRow(record, this.row)) {
      more *= 1 + IN_A_ROW;
      if (this.row.length >= LIKE_A_PHRASE) more *= said(record, this.row);
    }
    return more;
  }

  /** How nearly the query says a name of the record, and nothing else: 1 where it does. @param {Found} record */
  named(record) {
    let most = 0;
    for (const { text, weight } of record.passages) {
      const name = new Set(weight >= A_NAME ? stemsOf(text) : []);
      if (name.size === 0 || this.asked.size === 0) continue;
      const common = [...name].filter((one) => this.asked.has(one)).length;
      most = Math.max(most, ((common / name.size) ** 2 * common) / this.asked.size);
    }
    return most;
  }
}

/** The words of a query, where they have synonyms those that were typed; none of a phrase or a filter. @param {Node} node @returns {string[]} */
function wordsAsTyped(node) {
  if (node.kind === "word") return words(node.text).map((word) => word.printed);
  if (node.kind !== "alike") return [];
  return node.of[0].kind === "and" ? flattened(node.of[0].of).flatMap(wordsAsTyped) : wordsAsTyped(node.of[0]);
}

/** How much more a record counts that has a phrase: most where the phrase is its own wording. @param {Found} record @param {string[]} phrase */
function said(record, phrase) {
  const [weight, share] = placeOfPhrase(record, phrase);
  const more = Math.max(1, weight) ** OWN * (1 + SHARE * share);
  return record.type === "discrepancy" && weight < A_NAME ? more * SIDES : more;
}

/** The weight of the weightiest passage in which a phrase stands, and how much of it the phrase is. @param {Found} record @param {string[]} phrase @returns {[number, number]} */
function placeOfPhrase(record, phrase) {
  for (const passage of [...record.passages].sort((one, other) => other.weight - one.weight)) {
    const printed = words(passage.text).map((word) => word.printed);
    if (` ${printed.join(" ")} `.includes(` ${phrase.join(" ")} `)) return [passage.weight, phrase.length / printed.length];
  }
  return [0, 0];
}

/** @param {string} text */
function stemsOf(text) {
  return words(text).filter((token) => !QUESTION_WORDS.has(token.printed)).map((token) => stem(token.base));
}
