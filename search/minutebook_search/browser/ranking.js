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
const PHRASE = 0.5; // more, for each doubling of the weight of the passage in which a phrase stands
const SHARE = 0.2; // more, where that passage is the phrase and nothing else
const A_NAME = 6; // the weight of a title is more, that of an alias is this, that of other text less

export class Ranking {
  /** @param {Node} root */
  constructor(root) {
    this.asked = new Set(wanted(root).flatMap((leaf) => ("text" in leaf ? stemsOf(leaf.text) : [])));
    const joint = root.kind === "and" ? flattened(root.of) : [root];
    this.phrases = joint.flatMap((one) => (one.kind === "phrase" ? [words(one.text).map((word) => word.printed)] : []));
    const row = joint.flatMap((one) => (one.kind === "word" ? words(one.text).map((word) => word.printed) : []));
    this.row = row.length > 1 ? row : null;
  }

  /** What the score of a record is multiplied by. @param {Found} record @param {import("./records.js").Records} records */
  more(record, records) {
    let more = 1 + NAMED * this.named(record);
    if (this.row !== null && records.hasRow(record, this.row)) more *= 1 + IN_A_ROW;
    for (const phrase of this.phrases) {
      const [weight, share] = placeOfPhrase(record, phrase);
      more *= 1 + PHRASE * Math.log2(Math.max(1, weight)) + SHARE * share;
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
