import { globProblem, isPattern } from '../select/glob.ts';

type Lists = { includes?: readonly string[] | undefined; excludes?: readonly string[] | undefined };

const inBoth = ({ includes = [], excludes = [] }: Lists): string[] =>
  excludes
    .filter((name) => name !== '*' && includes.includes(name))
    .map((name) => `excludes list cannot contain an item in the includes list: ${name}`);

const mixed = (includes: readonly string[]): string[] =>
  includes.length > 1 && includes.includes('*') ? ["includes list must either contain '*' only, or a non-empty list of items"] : [];

/** What is wrong with a pair of lists in which `*` may only stand alone among the includes. */
export const listProblems = (lists: Lists): string[] => [
  ...mixed(lists.includes ?? []),
  ...(lists.excludes?.includes('*') ? ["excludes list cannot contain '*'"] : []),
  ...inBoth(lists),
];

/** What is wrong with a pair of lists in which the excludes may be `*` too, alone and without includes. */
export const scopedListProblems = (lists: Lists): string[] => {
  const { includes = [], excludes = [] } = lists;
  const all = excludes.includes('*');
  return [
    ...mixed(includes),
    ...(all && excludes.length > 1 ? ["excludes list must either contain '*' only, or a non-empty list of items"] : []),
    ...(all && includes.length > 0 ? ["when exclude is '*', include cannot have value"] : []),
    ...inBoth(lists),
  ];
};

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

const nameProblem = (name: string): string[] => {
  if (name === '*' || name === '') return [];
  const problem = globProblem(name);
  if (problem) return [`invalid namespace ${JSON.stringify(name)}: ${problem}`];
  return isPattern(name) || NAME.test(name)
    ? []
    : [`invalid namespace ${JSON.stringify(name)}: a name has lower case letters, digits and dashes`];
};

/** What is wrong with a pair of lists of namespaces. */
export const namespaceListProblems = (lists: Lists): string[] => [
  ...listProblems(lists),
  ...[...(lists.includes ?? []), ...(lists.excludes ?? [])].flatMap(nameProblem),
];
