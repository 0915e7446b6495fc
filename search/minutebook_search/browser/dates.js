/**
 * Dates as a query writes them, held as days: `2019-11-05`, `2019-11`, `2019/20`, `2019-11/2020-02`, `[2019, 2021]`.
 *
 * A day is a number, as in the index: 1 is the first of January of the year 1. What can be read, and what it
 * means, is settled by `minutebook/when_text.py` (ISO 8601-2, and the UK financial year); a test compares the two.
 *
 * @typedef {{first: number | null, last: number | null}} Days  Both ends included; null where that end is open.
 */

const DATE = /^([0-9]{4})(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([~?%]?)$/;
const YEARS = /^([0-9]{3}X|[0-9]{2}XX|[0-9]XXX)([~?%]?)$/;
const FINANCIAL = /^([0-9]{4})\/([0-9]{2})(?:-Q([0-9]))?([~?%]?)$/;
const LONGEST = 100; // characters of a date
const LONGEST_SHOWN = 40; // characters of one that cannot be read
const MONTH_NAMES = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];

const SPOKEN = /^(?:([0-9]{1,2})(?:st|nd|rd|th)?(?: of)? )?([a-z]{3,9})\.?,? ([0-9]{4})$/;
const MONTH_FIRST = /^([a-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})$/;
const IN_NUMBERS = /^([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})$/; // day, month, year, as in the United Kingdom

/**
 * A date as people write it, as ISO 8601 has it: `November 2019`, `7 Jan 2020`, `7/1/2020`; null where it is none.
 * Whether there is such a day is for `readDays` to say.
 * @param {string} written @returns {string | null}
 */
export function isoOf(written) {
  const text = written.toLowerCase().split(/\s+/).filter((one) => one !== "").join(" ");
  let [day, month, year] = (SPOKEN.exec(text) ?? IN_NUMBERS.exec(text) ?? []).slice(1);
  const turned = MONTH_FIRST.exec(text);
  if (turned !== null) [month, day, year] = turned.slice(1);
  if (year === undefined) return null;
  const short = month === "sept" ? "sep" : month;
  const number = /^[0-9]/.test(month) ? Number(month) : MONTH_NAMES.findIndex((name) => name.toLowerCase() === month || name.toLowerCase().slice(0, 3) === short) + 1;
  if (number === 0) return null;
  return [year, String(number), ...(day === undefined ? [] : [day])].map((one) => one.padStart(2, "0")).join("-");
}

/** A date that cannot be read: what is wrong, and how to mend it. */
export class DateTrouble extends Error {
  /** @param {string} message @param {string} [help] */
  constructor(message, help) {
    super(message);
    this.help = help ?? null;
  }
}

/** The number of a day. @param {number} year @param {number} month @param {number} day @returns {number} */
export function dayNumber(year, month, day) {
  const before = year - 1;
  let days = before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  for (let one = 1; one < month; one++) days += monthLength(year, one);
  return days + day;
}

/** The year in which a day lies. @param {number} day @returns {number} */
export function yearOf(day) {
  let year = Math.floor(day / 365.2425) + 1;
  while (dayNumber(year, 1, 1) > day) year--;
  while (dayNumber(year + 1, 1, 1) <= day) year++;
  return year;
}

/** @param {number} year @param {number} month */
function monthLength(year, month) {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The days that a date, an interval or a set of dates names. Throws DateTrouble. @param {string} value @returns {Days} */
export function readDays(value) {
  if (DATE.test(value)) return onePart(value);
  if (value.length > LONGEST) throw new DateTrouble(`no date is longer than ${LONGEST} characters`);
  const text = value.split(/\s+/).filter((one) => one !== "").join(" ").replace(/\s*(\/|\.\.|,|\[|\])\s*/g, "$1")
    .replaceAll(",", ", ").trim();
  if (text.startsWith("[") && text.endsWith("]")) return setOfDates(text);
  if (text.split("/").length === 2 && !FINANCIAL.test(text)) return intervalOf(text);
  return onePart(text);
}

/** @param {string} text @returns {Days} */
function intervalOf(text) {
  const [left, right] = text.split("/");
  const start = left === "" || left === ".." ? null : onePart(left);
  const end = right === "" || right === ".." ? null : onePart(right);
  if (start === null && end === null) throw new DateTrouble(`no date at either end of \`${text}\``);
  return inOrder({ first: start && start.first, last: end && end.last });
}

/** @param {string} text @returns {Days} */
function setOfDates(text) {
  const members = text.slice(1, -1).split(", ");
  const found = members.map((member) => {
    const at = member.indexOf("..");
    if (at < 0) return onePart(member);
    if (at === 0 || at + 2 === member.length) throw new DateTrouble(`no open end in a set, as in \`${member}\``);
    return inOrder({ first: onePart(member.slice(0, at)).first, last: onePart(member.slice(at + 2)).last });
  });
  if (members.length === 1 && !text.includes("..")) throw new DateTrouble(`only one date in the set \`${text}\``);
  const firsts = found.map((days) => days.first ?? 0);
  const lasts = found.map((days) => days.last ?? 0);
  return { first: Math.min(...firsts), last: Math.max(...lasts) };
}

/** @param {Days} days @returns {Days} */
function inOrder(days) {
  if (days.first !== null && days.last !== null && days.first > days.last) {
    throw new DateTrouble("the end comes before the start");
  }
  return days;
}

/** @param {string} text @returns {Days} */
function onePart(text) {
  const date = DATE.exec(text);
  if (date !== null) return calendarDate(date);
  const years = YEARS.exec(text);
  if (years !== null) {
    const first = yearNumber(years[1].replaceAll("X", "0"));
    return { first: dayNumber(first, 1, 1), last: dayNumber(Number(years[1].replaceAll("X", "9")), 12, 31) };
  }
  const financial = FINANCIAL.exec(text);
  if (financial !== null) return financialYear(financial);
  const shown = text.replace(/[\p{C}\p{Zl}\p{Zp}`]/gu, "\ufffd");
  throw new DateTrouble(`cannot read \`${shown.length > LONGEST_SHOWN ? `${shown.slice(0, LONGEST_SHOWN)}…` : shown}\` as a date`);
}

/** @param {RegExpExecArray} found @returns {Days} */
function calendarDate(found) {
  const [, year, month, day] = found;
  const inYear = yearNumber(year);
  if (month === undefined || month === "XX") {
    if (day !== undefined && day !== "XX") throw new DateTrouble(`no month for the day in \`${found[0]}\``);
    return { first: dayNumber(inYear, 1, 1), last: dayNumber(inYear, 12, 31) };
  }
  const number = Number(month);
  if (day === undefined) refuseYearPair(inYear, month);
  if (number < 1 || number > 12) throw new DateTrouble(`no month ${month} in a year`, "a month is a number from 01 to 12");
  const length = monthLength(inYear, number);
  if (day === undefined || day === "XX") {
    return { first: dayNumber(inYear, number, 1), last: dayNumber(inYear, number, length) };
  }
  if (Number(day) < 1 || Number(day) > length) {
    const name = `${MONTH_NAMES[number - 1]} ${year}`;
    throw new DateTrouble(`no day ${day} in ${name}`, `${name} has ${length} days`);
  }
  const exact = dayNumber(inYear, number, Number(day));
  return { first: exact, last: exact };
}

/** A council writes `2011-12` for a year, and ISO 8601 reads December: nobody is to guess. @param {number} year @param {string} number */
function refuseYearPair(year, number) {
  const pair = `${String(year).padStart(4, "0")}-${number}`;
  if (number === following(year)) {
    const other = Number(number) >= 1 && Number(number) <= 12 ? `${MONTH_NAMES[Number(number) - 1]} ${year}` : "something else";
    throw new DateTrouble(`cannot tell whether \`${pair}\` is a financial year or ${other}`,
      `write \`${pair.replace("-", "/")}\` for the financial year`);
  }
  if (Number(number) >= 21 && Number(number) <= 41) throw new DateTrouble(`seasons are not accepted, as in \`${pair}\``);
}

/** @param {RegExpExecArray} found @returns {Days} */
function financialYear(found) {
  const [text, year, after, quarter] = found;
  const start = yearNumber(year);
  if (following(start) === null) throw new DateTrouble("no year after 9999");
  if (after !== following(start)) {
    throw new DateTrouble(`cannot tell what \`${text}\` is: ${after} is not the year after ${year}`,
      `write \`${year}/${following(start)}\` for the financial year`);
  }
  if (quarter === undefined) return { first: dayNumber(start, 4, 1), last: dayNumber(start + 1, 3, 31) };
  if (!"1234".includes(quarter)) throw new DateTrouble(`no quarter ${quarter} in a year`);
  const inYear = quarter === "4" ? start + 1 : start;
  const month = quarter === "4" ? 1 : 1 + 3 * Number(quarter);
  return { first: dayNumber(inYear, month, 1), last: dayNumber(inYear, month + 2, monthLength(inYear, month + 2)) };
}

/** @param {number} year */
function following(year) {
  return year < 9999 ? String((year + 1) % 100).padStart(2, "0") : null;
}

/** @param {string} text */
function yearNumber(text) {
  if (text === "0000") throw new DateTrouble("no year before 0001");
  return Number(text);
}
