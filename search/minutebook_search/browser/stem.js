/**
 * Stems of English words (Snowball's "English", also called Porter 2).
 *
 * It stems as the Snowball stemmer of Whoosh does, to the letter: an index made by the one is read by the other.
 * Where Whoosh departs from Snowball's own programme, so does this; a test compares them over whole vocabularies.
 */

const VOWELS = "aeiouy";
const DOUBLE = /(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/;
const LI_ENDING = "cdeghkmnrt";
const STEP_1A = ["sses", "ied", "ies", "us", "ss", "s"];
const STEP_1B = ["eedly", "ingly", "edly", "eed", "ing", "ed"];
const STEP_2 = ["ization", "ational", "fulness", "ousness", "iveness", "tional", "biliti", "lessli", "entli", "ation",
  "alism", "aliti", "ousli", "iviti", "fulli", "enci", "anci", "abli", "izer", "ator", "alli", "bli", "ogi", "li"];
const STEP_3 = ["ational", "tional", "alize", "icate", "iciti", "ative", "ical", "ness", "ful"];
const STEP_4 = ["ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize",
  "ion", "al", "er", "ic"];

/** What a suffix of step 2 or 3 becomes, where it becomes another; the rest is done by rule. @type {Map<string, string>} */
const BECOMES = new Map([["ization", "ize"], ["izer", "ize"], ["ational", "ate"], ["ation", "ate"], ["ator", "ate"],
  ["alism", "al"], ["aliti", "al"], ["alli", "al"], ["ousli", "ous"], ["ousness", "ous"], ["iveness", "ive"],
  ["iviti", "ive"], ["biliti", "ble"], ["bli", "ble"], ["icate", "ic"], ["iciti", "ic"], ["ical", "ic"]]);

/** @type {Map<string, string>} */
const SPECIAL = new Map([["skis", "ski"], ["skies", "sky"], ["dying", "die"], ["lying", "lie"], ["tying", "tie"],
  ["idly", "idl"], ["gently", "gentl"], ["ugly", "ugli"], ["early", "earli"], ["only", "onli"], ["singly", "singl"],
  ["sky", "sky"], ["news", "news"], ["howe", "howe"], ["atlas", "atlas"], ["cosmos", "cosmos"], ["bias", "bias"],
  ["andes", "andes"], ["inning", "inning"], ["innings", "inning"], ["outing", "outing"], ["outings", "outing"],
  ["canning", "canning"], ["cannings", "canning"], ["herring", "herring"], ["herrings", "herring"],
  ["earring", "earring"], ["earrings", "earring"], ["proceed", "proceed"], ["proceeds", "proceed"],
  ["proceeded", "proceed"], ["proceeding", "proceed"], ["exceed", "exceed"], ["exceeds", "exceed"],
  ["exceeded", "exceed"], ["exceeding", "exceed"], ["succeed", "succeed"], ["succeeds", "succeed"],
  ["succeeded", "succeed"], ["succeeding", "succeed"]]);

/** A word and its regions R1 and R2, which are its ends, while it is cut. */
class Cut {
  /** @param {string} word */
  constructor(word) {
    this.word = word;
    this.r1 = "";
    this.r2 = "";
    const special = /^(?:gener|commun|arsen)/.exec(word);
    this.r1 = special ? word.slice(special[0].length) : region(word);
    this.r2 = region(this.r1);
  }

  /** @param {string} suffix */
  ends(suffix) {
    return this.word.endsWith(suffix);
  }

  /** Take letters off the end. @param {number} count */
  drop(count) {
    this.word = this.word.slice(0, -count);
    this.r1 = this.r1.slice(0, -count);
    this.r2 = this.r2.slice(0, -count);
  }

  /**
   * Put other letters in the place of the last ones. A region too short for the old letters becomes `else1`, `else2`.
   * @param {number} count @param {string} by @param {string} [else2]
   */
  replace(count, by, else2 = "") {
    this.word = this.word.slice(0, -count) + by;
    this.r1 = this.r1.length >= count ? this.r1.slice(0, this.r1.length - count) + by : "";
    this.r2 = this.r2.length >= count ? this.r2.slice(0, this.r2.length - count) + by : else2;
  }
}

/** What follows the first consonant after a vowel. @param {string} word @returns {string} */
function region(word) {
  for (let at = 1; at < word.length; at++) {
    if (!VOWELS.includes(word[at]) && VOWELS.includes(word[at - 1])) return word.slice(at + 1);
  }
  return "";
}

/** @param {string} letters */
function hasVowel(letters) {
  for (const letter of letters) if (VOWELS.includes(letter)) return true;
  return false;
}

/** @param {string | undefined} letter */
function isVowel(letter) {
  return letter !== undefined && VOWELS.includes(letter);
}

/** @param {Cut} cut */
function step1a(cut) {
  const suffix = STEP_1A.find((one) => cut.ends(one));
  if (suffix === "sses") cut.drop(2);
  else if (suffix === "ied" || suffix === "ies") cut.drop(cut.word.length - 3 > 1 ? 2 : 1);
  else if (suffix === "s" && hasVowel(cut.word.slice(0, -2))) cut.drop(1);
}

/** @param {Cut} cut */
function step1b(cut) {
  const suffix = STEP_1B.find((one) => cut.ends(one));
  if (suffix === undefined) return;
  if (suffix === "eed" || suffix === "eedly") {
    if (cut.r1.endsWith(suffix)) cut.replace(suffix.length, "ee");
    return;
  }
  if (!hasVowel(cut.word.slice(0, -suffix.length))) return;
  cut.drop(suffix.length);
  const word = cut.word;
  const at = word.length;
  if (/(?:at|bl|iz)$/.test(word)) {
    cut.word += "e";
    cut.r1 += "e";
    if (cut.word.length > 5 || cut.r1.length >= 3) cut.r2 += "e";
  } else if (DOUBLE.test(word)) {
    cut.drop(1);
  } else if (
    cut.r1 === "" &&
    ((at >= 3 && !isVowel(word[at - 1]) && !"wxY".includes(word[at - 1]) && isVowel(word[at - 2]) && !isVowel(word[at - 3])) ||
      (at === 2 && isVowel(word[0]) && !isVowel(word[1])))
  ) {
    cut.word += "e";
    if (cut.r2.length > 0) cut.r2 += "e";
  }
}

/** @param {Cut} cut */
function step1c(cut) {
  const word = cut.word;
  const at = word.length;
  if (at > 2 && "yY".includes(word[at - 1]) && !isVowel(word[at - 2])) cut.replace(1, "i");
}

/** @param {Cut} cut */
function step2(cut) {
  const suffix = STEP_2.find((one) => cut.ends(one));
  if (suffix === undefined || !cut.r1.endsWith(suffix)) return;
  const other = BECOMES.get(suffix);
  if (suffix === "tional" || suffix === "entli" || suffix === "fulli" || suffix === "lessli") cut.drop(2);
  else if (suffix === "enci" || suffix === "anci" || suffix === "abli") cut.replace(1, "e");
  else if (suffix === "fulness") cut.drop(4);
  else if (suffix === "ogi") {
    if (cut.word[cut.word.length - 4] === "l") cut.drop(1);
  } else if (suffix === "li") {
    if (LI_ENDING.includes(cut.word[cut.word.length - 3])) cut.drop(2);
  } else if (other !== undefined) {
    const late = ["ational", "ation", "ator", "iveness", "iviti"].includes(suffix) ? "e" : "";
    cut.replace(suffix.length, other, late);
  }
}

/** @param {Cut} cut */
function step3(cut) {
  const suffix = STEP_3.find((one) => cut.ends(one));
  if (suffix === undefined || !cut.r1.endsWith(suffix)) return;
  const other = BECOMES.get(suffix);
  if (suffix === "tional") cut.drop(2);
  else if (suffix === "alize") cut.drop(3);
  else if (suffix === "ful" || suffix === "ness") cut.drop(suffix.length);
  else if (suffix === "ative") {
    if (cut.r2.endsWith(suffix)) cut.drop(5);
  } else if (other !== undefined) cut.replace(suffix.length, other);
}

/** @param {Cut} cut */
function step4(cut) {
  const suffix = STEP_4.find((one) => cut.ends(one));
  if (suffix === undefined || !cut.r2.endsWith(suffix)) return;
  if (suffix !== "ion") cut.drop(suffix.length);
  else if ("st".includes(cut.word[cut.word.length - 4])) cut.drop(3);
}

/** @param {Cut} cut */
function step5(cut) {
  const word = cut.word;
  const at = word.length;
  if (cut.r2.endsWith("l") && word[at - 2] === "l") cut.word = word.slice(0, -1);
  else if (cut.r2.endsWith("e")) cut.word = word.slice(0, -1);
  else if (cut.r1.endsWith("e") && at >= 4) {
    const short = isVowel(word[at - 2]) || "wxY".includes(word[at - 2]) || !isVowel(word[at - 3]) || isVowel(word[at - 4]);
    if (short) cut.word = word.slice(0, -1);
  }
}

/** The stem of an English word in lower case: *planning* and *plans* are `plan`. @param {string} word @returns {string} */
export function stem(word) {
  const known = SPECIAL.get(word);
  if (known !== undefined) return known;
  // A y that is no vowel is written Y while the word is cut.
  let marked = word.startsWith("y") ? `Y${word.slice(1)}` : word;
  for (let at = 1; at < marked.length; at++) {
    if (marked[at] === "y" && VOWELS.includes(marked[at - 1])) marked = `${marked.slice(0, at)}Y${marked.slice(at + 1)}`;
  }
  const cut = new Cut(marked);
  for (const step of [step1a, step1b, step1c, step2, step3, step4, step5]) step(cut);
  return cut.word.replaceAll("Y", "y") || word;
}
