import { execaSync } from 'execa';

/** A conformance case of a specification and the test that holds it. */
type Case = { id: string; file: string; title: string };

const CASE = /\b([MBCRT]\d{1,3}|G-[MBH]\d{1,2})\b/g;
const TITLE = /(?:test|it)(?:\.each[^(]*)?\(\s*['"`]([^'"`]+)['"`]|^\s*\[\s*['"`]([^'"`]+)['"`],|\]\)\(\s*['"`]([^'"`]+)['"`]/;

const { stdout } = execaSync('git', ['grep', '-nE', '([MBCRT][0-9]{1,3}|G-[MBH][0-9]{1,2})[^A-Za-z0-9]', '--', '*.test.ts']);
const cases: Case[] = stdout.split('\n').flatMap((line) => {
  const [file = '', , ...rest] = line.split(':');
  const title = TITLE.exec(rest.join(':'));
  const text = title?.[1] ?? title?.[2] ?? title?.[3] ?? '';
  return [...text.matchAll(CASE)].map(([id]) => ({ id, file, title: text }));
});

const order = ({ id }: Case): string => id.replace(/\d+/, (digits) => digits.padStart(3, '0'));
const rows = cases.toSorted((a, b) => order(a).localeCompare(order(b)) || a.file.localeCompare(b.file));
console.log('# Conformance cases\n');
console.log(
  'Cases of the specifications (M: application migration, B, C, R: backup format, T: hosted control planes; G-M, G-B, G-H: what must be better than upstream) that tests name.',
);
console.log('Written by `node tools/conformance.ts > docs/conformance.md`.\n');
console.log('| Case | Test | File |\n|---|---|---|');
for (const { id, title, file } of rows) console.log(`| ${id} | ${title.replaceAll('|', '\\|')} | \`${file}\` |`);
