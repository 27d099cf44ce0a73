import { expect, test } from 'vitest';
import { deployShop } from './deploy.ts';
import type { Kubectl } from './kubectl.ts';
import { SMALL_SHOP } from './options.ts';
import { shopReady } from './ready.ts';

type Call = { argv: readonly string[]; input: string };

/** Writes down what kubectl would be told; answers by the first argument that has an answer. */
const recording = (answers: Record<string, string | Error> = {}) => {
  const calls: Call[] = [];
  const kubectl: Kubectl = {
    run: async (argv, input = '') => {
      calls.push({ argv, input });
      const answer = answers[argv.find((argument) => argument in answers) ?? ''] ?? '';
      if (answer instanceof Error) throw answer;
      return answer;
    },
    lines: () => {
      throw new Error('nothing is streamed here');
    },
  };
  return { kubectl, calls };
};

const kindsIn = ({ input }: Call): string[] => (JSON.parse(input).items ?? [JSON.parse(input)]).map(({ kind }: { kind: string }) => kind);

test('the namespace and the kind come first, then the password, then the rest', async () => {
  const { kubectl, calls } = recording();
  await deployShop(kubectl, SMALL_SHOP);
  const [foundations, wait, , secret, rest] = calls;
  expect(foundations && kindsIn(foundations)).toEqual(['Namespace', 'CustomResourceDefinition']);
  expect(wait?.argv).toContain('crd/promotions.shop.example.com');
  expect(secret && kindsIn(secret)).toEqual(['Secret']);
  expect(rest && kindsIn(rest)).toEqual(expect.arrayContaining(['StatefulSet', 'Deployment', 'Promotion']));
});

test('a password that exists is left alone', async () => {
  const { kubectl, calls } = recording({ secret: 'secret/shop-db\n' });
  await deployShop(kubectl);
  expect(calls.filter(({ input }) => input.includes('"Secret"'))).toEqual([]);
});

test('every shop gets a password of its own, which stands in no argument', async () => {
  const passwords = [];
  for (const { kubectl, calls } of [recording(), recording()]) {
    await deployShop(kubectl);
    const secret = calls.find(({ input }) => input.includes('"Secret"'));
    const { password } = JSON.parse(secret?.input ?? '').stringData;
    expect(password).toMatch(/^[0-9a-f]{32}$/);
    expect(calls.flatMap(({ argv }) => argv).join(' ')).not.toContain(password);
    passwords.push(password);
  }
  expect(passwords[0]).not.toBe(passwords[1]);
});

test('the sizes reach the containers that fill the volumes', async () => {
  const { kubectl, calls } = recording();
  await deployShop(kubectl, { rows: 7, files: 8, bigFileMegabytes: 9 });
  const sent = calls.at(-1)?.input;
  for (const value of [
    '{"name":"SHOP_ROWS","value":"7"}',
    '{"name":"SHOP_FILES","value":"8"}',
    '{"name":"SHOP_BIG_FILE_MEGABYTES","value":"9"}',
  ]) {
    expect(sent).toContain(value);
  }
});

test('the shop is ready when database, web server and writer are', async () => {
  const { kubectl, calls } = recording();
  await shopReady(kubectl, { timeoutSeconds: 5 });
  expect(calls.map(({ argv }) => argv.slice(-2))).toEqual([
    ['statefulset/db', '--timeout=5s'],
    ['deployment/web', '--timeout=5s'],
    ['deployment/writer', '--timeout=5s'],
  ]);
});

test('a part that does not come up is named, with where to look', async () => {
  const { kubectl } = recording({ 'deployment/web': new Error('deployment/web timed out') });
  await expect(shopReady(kubectl)).rejects.toThrow('deployment/web timed out. See kubectl -n shop describe pods.');
});
