import { expect, test } from 'vitest';
import { commandLine, sameCommand } from './copyable.ts';

test.each([
  ['without flags it is the bare command', {}, 'godwit run get'],
  ['it names the cluster and the namespace', { context: 'beta', namespace: 'plans' }, 'godwit run get --context beta --namespace plans'],
  ['a kubeconfig with a space is quoted', { kubeconfig: '/my files/it' }, "godwit run get --kubeconfig '/my files/it'"],
])('a command to copy: %s', (_title, globals, line) => {
  expect(commandLine({ calledAs: 'godwit', globals }, 'run get')).toBe(line);
});

test('the same command again keeps every argument in one piece', () => {
  expect(sameCommand('npx godwit', ['migrate', 'shop', '--transfer-image', "it's here"])).toBe(
    "npx godwit migrate shop --transfer-image 'it'\\''s here'",
  );
});
