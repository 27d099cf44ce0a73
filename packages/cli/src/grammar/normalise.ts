import { isVerb, type Noun, nounOf, verbOf } from './nouns.ts';

/** Positions of the words of an argument list that are neither flags nor values of flags. */
const wordPositions = (argv: readonly string[], valueFlags: ReadonlySet<string>): number[] => {
  const found: number[] = [];
  for (let at = 0; at < argv.length && argv[at] !== '--'; at += 1) {
    const each = argv[at] ?? '';
    if (!each.startsWith('-') || each === '-') found.push(at);
    else if (valueFlags.has(each)) at += 1;
  }
  return found;
};

const nameIn = (noun: Noun, word: string): string[] => {
  const slash = word.indexOf('/');
  if (slash < 0) return [];
  return [noun.exact?.includes(word.slice(0, slash).toLowerCase()) ? word : word.slice(slash + 1)];
};

const hasVerb = (noun: Noun | undefined, word: string): noun is Noun => noun?.verbs.includes(verbOf(word)) === true;

/** What two words mean: noun, verb, and a name that was written as `noun/name`; undefined when they are no such pair. */
const pairOf = (first: string, second: string): string[] | undefined => {
  const [noun, other] = [nounOf(first), nounOf(second)];
  if (hasVerb(noun, second)) return [noun.name, verbOf(second), ...nameIn(noun, first)];
  if (isVerb(first) && hasVerb(other, first)) return [other.name, verbOf(first), ...nameIn(other, second)];
  return undefined;
};

/**
 * Brings an argument list into the order noun, verb, names: `get plans` and `plan/shop describe` become `plan get` and
 * `plan describe shop`. Where the first word is a noun and the second one of its verbs, nothing is swapped. `valueFlags` take a value.
 */
export const normalise = (argv: readonly string[], valueFlags: ReadonlySet<string>): string[] => {
  const [first, second] = wordPositions(argv, valueFlags);
  if (first === undefined) return [...argv];
  const lone = nounOf(argv[first] ?? '');
  if (second === undefined) return lone === undefined ? [...argv] : argv.with(first, lone.name);
  const pair = pairOf(argv[first] ?? '', argv[second] ?? '');
  if (pair === undefined) return lone === undefined || isVerb(argv[first] ?? '') ? [...argv] : argv.with(first, lone.name);
  return [...argv.slice(0, first), ...pair.slice(0, 1), ...argv.slice(first + 1, second), ...pair.slice(1), ...argv.slice(second + 1)];
};

/** A name as it was meant: `plan/shop` where a plan is asked for is `shop`. */
export const nameOf = (noun: string, text: string): string => {
  const slash = text.indexOf('/');
  return slash > 0 && nounOf(text.slice(0, slash))?.name === noun ? text.slice(slash + 1) : text;
};
