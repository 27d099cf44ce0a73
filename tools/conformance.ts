import { countsOf, namedCases } from './conformance-cases.ts';

const rows = namedCases();
console.log('# Conformance cases\n');
console.log('Cases of the specifications that tests name; G-M, G-B, G-H and G-I are what must be better than upstream.');
console.log('Written by `node tools/conformance.ts > docs/conformance.md`.\n');
console.log('| Specification | Cases | Tests |\n|---|---|---|');
for (const { specification, cases, tests } of countsOf(rows)) console.log(`| ${specification} | ${cases} | ${tests} |`);
console.log('\n| Specification | Case | Test | File |\n|---|---|---|---|');
for (const { id, specification, title, file } of rows)
  console.log(`| ${specification} | ${id} | ${title.replaceAll('|', '\\|')} | \`${file}\` |`);
