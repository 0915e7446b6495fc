/**
 * What a word is: text split into words with their places, as `minutebook_search/words.py` splits it.
 *
 * @typedef {{printed: string, base: string, start: number, end: number}} Token
 * A word as printed (case, accents and punctuation apart), what is stemmed of it, and where it stands.
 * @typedef {Token[]} Compound  Words tied together without white space: follow-up, ACH21-044, R&D.
 */

const LONGEST_WORD = 64;

/** Signs that are typed in several ways and mean one thing. @type {Map<string, string>} */
const ALIKE = new Map();
for (const [plain, signs] of [["'", "\u2018\u2019\u201a\u201b\u2032\u02bc`\u00b4"], ['"', "\u201c\u201d\u201e\u201f\u00ab\u00bb"],
  ["-", "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"]]) {
  for (const sign of signs) ALIKE.set(sign, plain);
}

// A number keeps its decimal point and loses its thousands commas: £312,000 and 312000 are one word.
const LETTER = "[\\p{L}\\p{N}]";
const NUMBER = `(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\\.[0-9]+)*|[0-9]+(?:\\.[0-9]+)+)${LETTER}*`;
const WORD = `(?:${NUMBER}|${LETTER}+(?:'${LETTER}+)*)`;
const COMPOUND = new RegExp(`${WORD}(?:[-/.&_]${WORD})*`, "gu");
const PART = new RegExp(WORD, "gu");
const TIE = /[-/.&_]/;
// As Python has it: four more separators than JavaScript, and not the byte-order mark.
const WHITE_SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}]/gu;
const NOT_OF_A_WORD = /[^\p{L}\p{N}'.\u2044]/gu;

/** @type {Map<string, number>} */
const ZEROS = new Map([["k", 3], ["thousand", 3], ["m", 6], ["mn", 6], ["million", 6], ["bn", 9], ["billion", 9]]);
const SCALED = /^([0-9]+(?:\.[0-9]+)?)(k|thousand|mn|m|million|bn|billion)$/;
const CODE_BEGINS = /^[a-z]{2,6}[0-9]*$/;
export const FEWEST_DIGITS = 4; // of a code
export const MOST_DIGITS = 12;

/** Text on one line, composed, without characters that are not seen. @param {string} text @returns {string} */
export function tidy(text) {
  return text.normalize("NFC").split(WHITE_SPACE).filter((one) => one !== "").join(" ").replace(UNSEEN, "");
}

/** Text of the same length with one kind of quotation mark, apostrophe and dash. @param {string} text @returns {string} */
export function plainSigns(text) {
  return /^[\x00-\x7f]*$/.test(text) ? text : text.replace(/[^\x00-\x7f]|`/g, (sign) => ALIKE.get(sign) ?? sign);
}

const MOST_READ = 800; // texts whose words are remembered: those of the records that are shown
/** @type {Map<string, Compound[]>} */
const READ = new Map();

/** The words of a text in order, those tied together in one. Nobody changes what is returned. @param {string} text @returns {Compound[]} */
export function compounds(text) {
  const known = READ.get(text);
  if (known !== undefined) return known;
  if (READ.size >= MOST_READ) READ.clear();
  const found = readCompounds(text);
  READ.set(text, found);
  return found;
}

/** @param {string} text @returns {Compound[]} */
function readCompounds(text) {
  const plain = plainSigns(text);
  const found = [];
  for (const match of plain.matchAll(COMPOUND)) {
    const whole = match[0];
    const pieces = TIE.test(whole) ? [...whole.matchAll(PART)] : [whole.match(/[^]*/)];
    /** @type {Compound} */
    const compound = [];
    for (const piece of pieces) {
      if (piece === null) continue;
      const { printed, base } = forms(piece[0]);
      const start = match.index + (piece.index ?? 0);
      if (printed !== "") compound.push({ printed, base, start, end: start + piece[0].length });
    }
    if (compound.length > 0) found.push(compound);
  }
  return found;
}

/** @param {string} text @returns {Token[]} */
export function words(text) {
  return compounds(text).flat();
}

/** A compound as one word: ACH21-044 is ach21044. @param {Compound} compound @returns {string} */
export function joined(compound) {
  return cut(compound.map((word) => word.printed).join(""));
}

/** A name as it is compared: its words alone. @param {string} name @returns {string} */
export function keyOf(name) {
  return words(name).map((word) => word.printed).join(" ");
}

/** An amount as its number of units: `1.263`, `m` is 1263000. @param {string} number @param {string} size */
export function inUnits(number, size) {
  const zeros = ZEROS.get(size);
  if (zeros === undefined || !/^[0-9]+(?:\.[0-9]+)?$/.test(number)) return null;
  const [whole, fraction = ""] = number.split(".");
  const units = (whole + fraction.slice(0, zeros).padEnd(zeros, "0")).replace(/^0+/, "") || "0";
  const rest = fraction.slice(zeros).replace(/0+$/, "");
  return rest ? `${units}.${rest}` : units;
}

/**
 * What printed words in a row also say as one: an amount (1.263 million) or a code (ach 21 044).
 * @param {string[]} printed
 * @returns {[number, number, string][]} the place of the first word, that after the last, the one word
 */
export function spoken(printed) {
  /** @type {[number, number, string][]} */
  const found = [];
  for (let at = 0; at + 1 < printed.length; at++) {
    const word = printed[at];
    const following = printed[at + 1];
    if (/^[0-9]/.test(word)) {
      const units = inUnits(word, following);
      if (units !== null) found.push([at, at + 2, units]);
    } else if (/^[0-9]/.test(following) && CODE_BEGINS.test(word)) {
      let whole = word;
      for (let end = at + 1; end < Math.min(at + 3, printed.length) && /^[0-9]+$/.test(printed[end]); end++) {
        whole += printed[end];
        const digits = whole.replace(/[^0-9]/g, "").length;
        if (digits >= FEWEST_DIGITS && digits <= MOST_DIGITS) found.push([at, end + 1, whole]);
      }
    }
  }
  return found;
}

/**
 * What the compounds of a text are as one word each, and what its words in a row say as one.
 * @param {string} text @param {Compound[]} found @returns {string[]}
 */
export function wholesOf(text, found) {
  const wholes = found.filter((compound) => compound.length > 1).map(joined);
  const tokens = found.flatMap((compound, number) => compound.map((token) => ({ token, number })));
  for (const [start, end, whole] of spoken(tokens.map(({ token }) => token.printed))) {
    if (tokens[start].number === tokens[end - 1].number) continue;
    const first = tokens[start].token;
    const written = text.slice(first.start, first.end);
    const inCapitals = written === written.toUpperCase() && written !== written.toLowerCase();
    if (inCapitals || /^[0-9]/.test(first.printed)) wholes.push(whole);
  }
  return wholes;
}

/** @type {Map<string, {printed: string, base: string}>} */
const FORMS = new Map();

/** @param {string} written */
function forms(written) {
  const known = FORMS.get(written);
  if (known !== undefined) return known;
  const kept = folded(written).replace(NOT_OF_A_WORD, "").replace(/^\.+|\.+$/g, "");
  let base = kept.endsWith("'s") ? kept.slice(0, -2) : kept;
  const amount = SCALED.exec(base);
  if (amount !== null) base = inUnits(amount[1], amount[2]) ?? base;
  const made = { printed: cut(kept.replaceAll("'", "")), base: cut(base.replaceAll("'", "")) };
  if (FORMS.size > 50000) FORMS.clear();
  FORMS.set(written, made);
  return made;
}

/** Without case and accents, as Python folds: full folding, then compatible decomposition. @param {string} text */
function folded(text) {
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  return caseFolded(caseFolded(text).normalize("NFKD"));
}

/** @param {string} text */
function caseFolded(text) {
  let found = "";
  for (const sign of text) {
    const upper = sign.toUpperCase();
    // A sign of several letters in capitals (ß, ﬁ) is those letters; others change only if lower case does.
    found += sign === "\u0131" || sign === "\u0130" ? (sign === "\u0130" ? "i\u0307" : sign) : upper.toLowerCase();
  }
  return found.replaceAll("\u03c2", "\u03c3");
}

/** @param {string} word */
function cut(word) {
  return word.length > LONGEST_WORD ? [...word].slice(0, LONGEST_WORD).join("") : word;
}
