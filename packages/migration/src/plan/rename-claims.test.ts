import { expect, test } from 'vitest';
import { mappedName } from './rename-claims.ts';

const suffix = 'abcd';

test.each([
  ['M10 a plain name gets the suffix of the plan', 'test', 'test:test-mig-abcd'],
  ['M11 -new is replaced', 'test-new', 'test-new:test-mig-abcd'],
  ['M11 the suffix of an earlier plan is replaced', 'test-mig-vwxd', 'test-mig-vwxd:test-mig-abcd'],
  ['M12 a name of 247 characters gets what fits of the suffix', 'b'.repeat(247), `${'b'.repeat(247)}:${'b'.repeat(247)}-mig-a`],
  ['M12 a name of 252 characters is cut first', 'b'.repeat(252), `${'b'.repeat(252)}:${'b'.repeat(247)}-mig-a`],
])('%s', (_title, name, mapped) => {
  expect(mappedName(name, { conversion: true, suffix })).toBe(mapped);
});

test.each([
  ['a claim of a set keeps the form that the set looks for', 'data-db-0', 'db', 'data-db-0:data-mig-abcd-db-0'],
  ['-new goes from the prefix of a set', 'data-new-db-12', 'db', 'data-new-db-12:data-mig-abcd-db-12'],
  ['an earlier suffix goes from the prefix of a set', 'data-mig-vwxd-db-1', 'db', 'data-mig-vwxd-db-1:data-mig-abcd-db-1'],
  ['a claim whose name is not of the set follows the ordinary rule', 'backup', 'db', 'backup:backup-mig-abcd'],
])('%s', (_title, name, set, mapped) => {
  expect(mappedName(name, { conversion: true, suffix, set })).toBe(mapped);
});

test('a plan without a suffix uses the word new', () => {
  expect(mappedName('test', { conversion: true, suffix: undefined })).toBe('test:test-mig-new');
});

test.each([
  ['M14 a plan that is no conversion keeps the name', undefined, 'test'],
  ['M14 a mapping that the plan has is kept', 'test:existing-name', 'test:existing-name'],
  ['a mapping of another claim is not taken over', 'other:existing-name', 'test'],
])('%s', (_title, existing, mapped) => {
  expect(mappedName('test', { conversion: false, suffix, existing })).toBe(mapped);
});
