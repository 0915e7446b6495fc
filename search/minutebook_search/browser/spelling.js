/** Typos: the word of the records that is nearest to one that no record has. As `minutebook_search/spelling.py` has it. */
import { placeIn } from "./lexicon.js";

const SHORTEST_WORD = 5; // letters; nearly every shorter word is near to another
const SHORT_WORD = 4; // letters of a word of which two may be in each other's place: few words lie so near to one another
const FREQUENT = 3; // records that have what such a word is taken for
const LONG_WORD = 8; // letters from which on two slips are forgiven
const FEW_FILES = 24; // of the vocabulary: where there are more, only words that begin about alike are asked

export class Speller {
  /** @param {import("./files.js").IndexFiles} files @param {string[]} firstPlaces */
  constructor(files, firstPlaces) {
    this.files = files;
    this.firstPlaces = firstPlaces;
  }

  /** The nearest printed word; null where none is near enough. @param {string} word @returns {Promise<string | null>} */
  async correct(word) {
    const letters = [...word];
    if (!/^\p{L}+$/u.test(word)) return null;
    if (letters.length === SHORT_WORD) return turned(letters, await this.candidates(letters, 0, [letters[0], letters[1]]));
    if (letters.length < SHORTEST_WORD) return null;
    for (const most of letters.length >= LONG_WORD ? [1, 2] : [1]) {
      const likely = nearest(letters, await this.candidates(letters, most, [letters[0], letters[1]]), most);
      if (likely !== null && likely.startsWith(letters[0])) return likely;
      const near = this.firstPlaces.length <= FEW_FILES ? nearest(letters, await this.all(), most) : likely;
      if (near !== null) return near;
    }
    return null;
  }

  /** @returns {Promise<[string, number][]>} */
  async all() {
    const held = await Promise.all(this.firstPlaces.map((_, file) => this.files.get("spelling", file, readCountedWords)));
    return held.flat();
  }

  /**
   * The words of about that length that begin with some letters: as the word does, or as it would with its first two
   * letters in each other's place or its first left out.
   * @param {string[]} letters @param {number} most @param {string[]} firsts @returns {Promise<[string, number][]>}
   */
  async candidates(letters, most, firsts) {
    const files = new Set();
    for (const first of firsts) {
      const low = Math.max(0, placeIn(this.firstPlaces, placeOf(first, letters.length - most)));
      const high = placeIn(this.firstPlaces, placeOf(first, letters.length + most));
      for (let file = low; file <= high; file++) files.add(file);
    }
    const held = await Promise.all([...files].map((file) => this.files.get("spelling", file, readCountedWords)));
    return held.flat();
  }
}

/** The only frequent word with two neighbouring letters the other way round; null where there is none, or more. @param {string[]} letters @param {[string, number][]} known */
export function turned(letters, known) {
  const others = new Set(swapped(letters));
  const near = new Set(known.filter(([word, frequency]) => frequency >= FREQUENT && others.has(word)).map(([word]) => word));
  return near.size === 1 ? [...near][0] : null;
}

/** What a word may have been where two signs side by side were typed in each other's place. @param {string[]} signs @returns {string[]} */
export function swapped(signs) {
  return signs.slice(1).flatMap((sign, at) => (sign === signs[at] ? [] : [[...signs.slice(0, at), sign, signs[at], ...signs.slice(at + 2)].join("")]));
}

/** @param {string} first @param {number} length */
function placeOf(first, length) {
  return first + String.fromCharCode(65 + Math.max(1, Math.min(length, 57)));
}

/** @param {import("./bytes.js").ByteReader} reader @returns {[string, number][]} */
function readCountedWords(reader) {
  let before = "";
  return Array.from({ length: reader.varint() }, () => {
    before = reader.frontCoded(before);
    return [before, reader.varint()];
  });
}

/**
 * The nearest is the one with the same first letter; then the one in more records; then the first in alphabetical order.
 * @param {string[]} letters @param {[string, number][]} known @param {number} most @returns {string | null}
 */
export function nearest(letters, known, most) {
  const word = letters.join("");
  /** @type {[boolean, number, string] | null} */
  let best = null;
  for (const [other, frequency] of known) {
    const others = [...other];
    if (other === word || others.length < letters.length - most || others.length > letters.length + most) continue;
    /** @type {[boolean, number, string]} */
    const rank = [others[0] !== letters[0], -frequency, other];
    if ((best === null || isBefore(rank, best)) && slips(letters, others, most) <= most) best = rank;
  }
  return best === null ? null : best[2];
}

/** @param {[boolean, number, string]} one @param {[boolean, number, string]} other */
function isBefore(one, other) {
  if (one[0] !== other[0]) return other[0];
  return one[1] !== other[1] ? one[1] < other[1] : one[2] < other[2];
}

/** How many slips lead from one word to the other (optimal string alignment). @param {string[]} word @param {string[]} other @param {number} most */
function slips(word, other, most) {
  /** @type {number[]} */
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= word.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      let cost = Math.min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (word[row - 1] === other[column - 1] ? 0 : 1));
      if (row > 1 && column > 1 && word[row - 1] === other[column - 2] && word[row - 2] === other[column - 1]) {
        cost = Math.min(cost, before[column - 2] + 1);
      }
      current.push(cost);
    }
    if (Math.min(...current) > most && (row === 1 || Math.min(...last) > most)) return most + 1;
    before = last;
    last = current;
  }
  return last[other.length];
}
