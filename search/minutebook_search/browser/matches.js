/**
 * Documents that match, in the order of their numbers, and the algebra of AND, OR and NOT on them.
 *
 * @typedef {{documents: Uint32Array, scores: Float32Array, sure: Uint8Array | null}} Matches
 * `sure` tells of each document whether it matches or only may, since a phrase in it is not verified yet; null
 * where all are sure.
 */

/** @returns {Matches} */
export function none() {
  return { documents: new Uint32Array(0), scores: new Float32Array(0), sure: null };
}

/** Every document of so many. @param {number} count @returns {Matches} */
export function all(count) {
  return { documents: Uint32Array.from({ length: count }, (_, number) => number), scores: new Float32Array(count), sure: null };
}

/** @param {Matches} matches @param {number} at */
function isSure(matches, at) {
  return matches.sure === null || matches.sure[at] === 1;
}

/** Those that both have; their scores together. @param {Matches} one @param {Matches} other @returns {Matches} */
export function both(one, other) {
  const [few, many] = one.documents.length <= other.documents.length ? [one, other] : [other, one];
  const size = few.documents.length;
  const documents = new Uint32Array(size);
  const scores = new Float32Array(size);
  const sure = few.sure === null && many.sure === null ? null : new Uint8Array(size);
  const leaps = many.documents.length > 16 * size;
  let at = 0;
  let found = 0;
  for (let number = 0; number < size; number++) {
    const document = few.documents[number];
    if (leaps) at = lowerBound(many.documents, document, at);
    else while (at < many.documents.length && many.documents[at] < document) at++;
    if (at === many.documents.length) break;
    if (many.documents[at] !== document) continue;
    documents[found] = document;
    scores[found] = few.scores[number] + many.scores[at];
    if (sure !== null) sure[found] = isSure(few, number) && isSure(many, at) ? 1 : 0;
    found++;
  }
  return cutTo({ documents, scores, sure }, found);
}

/**
 * Those that either has. Of a document that both have, `join` makes one score of two.
 * @param {Matches} one @param {Matches} other @param {(a: number, b: number) => number} join @returns {Matches}
 */
export function either(one, other, join = (a, b) => a + b) {
  if (one.documents.length === 0) return other;
  if (other.documents.length === 0) return one;
  const size = one.documents.length + other.documents.length;
  const documents = new Uint32Array(size);
  const scores = new Float32Array(size);
  const sure = one.sure === null && other.sure === null ? null : new Uint8Array(size);
  let left = 0;
  let right = 0;
  let found = 0;
  while (left < one.documents.length || right < other.documents.length) {
    const a = left < one.documents.length ? one.documents[left] : Infinity;
    const b = right < other.documents.length ? other.documents[right] : Infinity;
    documents[found] = Math.min(a, b);
    scores[found] = a === b ? join(one.scores[left], other.scores[right]) : a < b ? one.scores[left] : other.scores[right];
    if (sure !== null) sure[found] = (a <= b && isSure(one, left)) || (b <= a && isSure(other, right)) ? 1 : 0;
    if (a <= b) left++;
    if (b <= a) right++;
    found++;
  }
  return cutTo({ documents, scores, sure }, found);
}

/** Those of the one that the other has not, and those that it only may have. @param {Matches} one @param {Matches} other @returns {Matches} */
export function without(one, other) {
  const size = one.documents.length;
  const documents = new Uint32Array(size);
  const scores = new Float32Array(size);
  const sure = one.sure === null && other.sure === null ? null : new Uint8Array(size);
  let at = 0;
  let found = 0;
  for (let number = 0; number < size; number++) {
    const document = one.documents[number];
    while (at < other.documents.length && other.documents[at] < document) at++;
    const isThere = at < other.documents.length && other.documents[at] === document;
    if (isThere && isSure(other, at)) continue;
    documents[found] = document;
    scores[found] = one.scores[number];
    if (sure !== null) sure[found] = isSure(one, number) && !isThere ? 1 : 0;
    found++;
  }
  return cutTo({ documents, scores, sure }, found);
}

/** Those of the one that stand in the other too; their scores as they were. @param {Matches} one @param {Matches} other @returns {Matches} */
export function within(one, other) {
  return both(one, { ...other, scores: new Float32Array(other.documents.length) });
}

/** @param {Matches} matches @param {number} size @returns {Matches} */
function cutTo(matches, size) {
  const { documents, scores, sure } = matches;
  return { documents: documents.subarray(0, size), scores: scores.subarray(0, size), sure: sure && sure.subarray(0, size) };
}

/** @param {Uint32Array} ordered @param {number} value @param {number} from */
function lowerBound(ordered, value, from) {
  let low = from;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ordered[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The places of the best in a list, the best first and the newest of equals; no more than `most`.
 * @param {Matches} matches @param {number} most @returns {number[]}
 */
export function best(matches, most) {
  const { documents, scores } = matches;
  /** @type {number[]} */
  const heap = []; // the worst of the best on top
  /** @param {number} one @param {number} other */
  const isWorse = (one, other) => scores[one] < scores[other] || (scores[one] === scores[other] && documents[one] < documents[other]);
  /** @param {number} from */
  const sink = (from) => {
    for (let at = from; ; ) {
      let worst = at;
      for (const child of [2 * at + 1, 2 * at + 2]) if (child < heap.length && isWorse(heap[child], heap[worst])) worst = child;
      if (worst === at) return;
      [heap[at], heap[worst]] = [heap[worst], heap[at]];
      at = worst;
    }
  };
  for (let at = 0; at < documents.length; at++) {
    if (heap.length < most) {
      heap.push(at);
      for (let place = heap.length - 1; place > 0; ) {
        const above = (place - 1) >> 1;
        if (!isWorse(heap[place], heap[above])) break;
        [heap[place], heap[above]] = [heap[above], heap[place]];
        place = above;
      }
    } else if (most > 0 && isWorse(heap[0], at)) {
      heap[0] = at;
      sink(0);
    }
  }
  return heap.sort((one, other) => (isWorse(one, other) ? 1 : -1));
}
