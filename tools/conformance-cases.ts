import { execaSync } from 'execa';

/** A conformance case of a specification and the test that holds it. */
type Case = { id: string; specification: string; file: string; title: string };

const CASE = /\b([MBCRT]\d{1,3}|G-[MBHI]\d{1,2})\b/g;
/** A title as it is written: of a test or of what surrounds it, in a table, or after one. */
const TITLE = /(?:test|it|describe)(?:\.each[^(]*)?\(\s*['"`]([^'"`]+)['"`]|^\s*\[?\s*['"`]([^'"`]+)['"`],|\]\)\(\s*['"`]([^'"`]+)['"`]/;

const BY_LETTER: Readonly<Record<string, string>> = {
  M: 'application-migration',
  B: 'backup-format',
  C: 'backup-format',
  R: 'backup-format',
  H: 'hosted-control-planes',
  I: 'image-based-upgrade',
};

// Two specifications number their cases with T; the folder tells which one a test is about.
const OF_UPGRADES = /(^|\/)(upgrade|ibu|lca)(\/|\.)/;

const specificationOf = (id: string, file: string): string =>
  BY_LETTER[id.replace('G-', '')[0] ?? ''] ?? (OF_UPGRADES.test(file) ? 'image-based-upgrade' : 'hosted-control-planes');

const numbered = (id: string): string => id.replace(/\d+/, (digits) => digits.padStart(3, '0'));
const order = ({ specification, id, file }: Case): string => `${specification} ${numbered(id)} ${file}`;

/** Every case that a test names, ordered by specification and number; a file must be known to git. */
export const namedCases = (): Case[] => {
  const { stdout } = execaSync('git', ['grep', '-nE', '([MBCRT][0-9]{1,3}|G-[MBHI][0-9]{1,2})[^A-Za-z0-9]', '--', '*.test.ts']);
  const cases: Case[] = stdout.split('\n').flatMap((line) => {
    const [file = '', , ...rest] = line.split(':');
    const title = TITLE.exec(rest.join(':'));
    const text = title?.[1] ?? title?.[2] ?? title?.[3] ?? '';
    return [...text.matchAll(CASE)].map(([id]) => ({ id, specification: specificationOf(id, file), file, title: text }));
  });
  return cases.toSorted((a, b) => order(a).localeCompare(order(b)));
};

/** How many cases of each specification are named, and by how many tests. */
export const countsOf = (cases: readonly Case[]): { specification: string; cases: number; tests: number }[] =>
  [...Map.groupBy(cases, ({ specification }) => specification)].map(([specification, named]) => ({
    specification,
    cases: new Set(named.map(({ id }) => id)).size,
    tests: named.length,
  }));
