import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Fetch } from './contents.ts';
import { BootstrapRefused } from './refused.ts';
import { resolveConfig } from './resolve.ts';

const VERSION = { version: '3.2.0' };
const nowhere: Fetch = (url) => Promise.reject(new Error(`${url.href} is away`));
const file = (path: string, text: string, more: object = {}) => ({ path, contents: { source: `data:,${text}` }, ...more });
const config = (files: object[], more: object = {}) => JSON.stringify({ ignition: VERSION, storage: { files }, ...more });
const merging = (...sources: object[]) => JSON.stringify({ ignition: { ...VERSION, config: { merge: sources } } });

/** Serves texts by URL and writes down who asked how. */
const serving = (texts: Record<string, string | Buffer>) => {
  const asked: { headers: Readonly<Record<string, string>>; authorities: readonly string[] }[] = [];
  const fetch: Fetch = async (url, headers, authorities) => {
    asked.push({ headers, authorities });
    const found = texts[url.href];
    if (found === undefined) throw new Error(`${url.href} is away`);
    return Buffer.from(found);
  };
  return { fetch, asked };
};

test('a pointer leads to the merged configuration, with its headers and the authorities that it names', async () => {
  const { fetch, asked } = serving({ 'https://ign.hc.test/ignition': config([file('/etc/a', 'a')]) });
  const pointer = {
    ignition: {
      ...VERSION,
      config: { merge: [{ source: 'https://ign.hc.test/ignition', httpHeaders: [{ name: 'Authorization', value: 'Bearer x' }] }] },
      security: { tls: { certificateAuthorities: [{ source: 'data:,PEM' }] } },
    },
  };
  const resolved = await resolveConfig(JSON.stringify(pointer), fetch);
  expect(asked).toEqual([{ headers: { Authorization: 'Bearer x' }, authorities: ['PEM'] }]);
  expect(resolved).toMatchObject({ authorities: ['PEM'], files: [{ path: '/etc/a' }] });
});

test('a later configuration wins over an earlier one, and the one that merges over both; what it leaves out stays', async () => {
  const { fetch } = serving({
    'https://a/1': config([file('/etc/a', 'one', { mode: 384 }), file('/etc/b', 'one')]),
    'https://a/2': config([file('/etc/b', 'two'), file('/etc/c', 'two')]),
  });
  const own = JSON.parse(config([{ path: '/etc/c', mode: 256 }])) as { storage: object };
  const text = JSON.stringify({
    ...own,
    ignition: { ...VERSION, config: { merge: [{ source: 'https://a/1' }, { source: 'https://a/2' }] } },
  });
  expect((await resolveConfig(text, fetch)).files).toEqual([
    { path: '/etc/a', mode: 384, contents: { source: 'data:,one' } },
    { path: '/etc/b', contents: { source: 'data:,two' } },
    { path: '/etc/c', mode: 256, contents: { source: 'data:,two' } },
  ]);
});

test('a replaced configuration counts for nothing', async () => {
  const { fetch } = serving({ 'https://a/1': config([file('/etc/new', 'x')]) });
  const text = JSON.stringify({
    ignition: { ...VERSION, config: { replace: { source: 'https://a/1' } } },
    storage: { files: [file('/etc/old', 'x')] },
  });
  expect((await resolveConfig(text, fetch)).files.map(({ path }) => path)).toEqual(['/etc/new']);
});

test('units are merged by name, and their drop-ins are gathered', async () => {
  const unit = (name: string, more: object) => ({ systemd: { units: [{ name, ...more }] } });
  const { fetch } = serving({
    'https://a/1': config([], unit('kubelet.service', { enabled: true, contents: 'one', dropins: [{ name: '10.conf', contents: 'ten' }] })),
    'https://a/2': config([], unit('kubelet.service', { dropins: [{ name: '20.conf', contents: 'twenty' }] })),
  });
  expect((await resolveConfig(merging({ source: 'https://a/1' }, { source: 'https://a/2' }), fetch)).units).toEqual([
    {
      name: 'kubelet.service',
      enabled: true,
      contents: 'one',
      dropins: [
        { name: '10.conf', contents: 'ten' },
        { name: '20.conf', contents: 'twenty' },
      ],
    },
  ]);
});

test('a packed configuration is unpacked, and its promised hash is that of the unpacked one', async () => {
  const text = config([file('/etc/a', 'a')]);
  const { fetch } = serving({ 'https://a/1': gzipSync(text) });
  const hash = `sha512-${createHash('sha512').update(text).digest('hex')}`;
  const source = { source: 'https://a/1', compression: 'gzip', verification: { hash } };
  expect((await resolveConfig(merging(source), fetch)).files).toHaveLength(1);
  await expect(resolveConfig(merging({ ...source, verification: { hash: 'sha512-00' } }), fetch)).rejects.toThrow('another sha512');
});

test('what cannot be reached may come back, and is no refusal', async () => {
  const fault = await resolveConfig(merging({ source: 'https://a/1' }), nowhere).catch((error: unknown) => error);
  expect(fault).not.toBeInstanceOf(BootstrapRefused);
});

test.each([
  ['is not JSON', 'ignition: {}', 'is not JSON'],
  ['has another version', '{"ignition":{"version":"2.2.0"}}', 'ignition.version: must be 3.x'],
  ['wants disks', JSON.stringify({ ignition: VERSION, storage: { disks: [{}] } }), 'storage.disks'],
  ['is merged without TLS', merging({ source: 'http://a/1' }), 'only https and data URLs'],
  ['is packed in an unknown way', merging({ source: 'data:,{}', compression: 'xz' }), '"xz" is unknown'],
  ['promises an unknown hash', merging({ source: 'data:,{}', verification: { hash: 'md5-0' } }), '"md5" is unknown'],
  [
    'has a unit without a proper name',
    JSON.stringify({ ignition: VERSION, systemd: { units: [{ name: '../x' }] } }),
    'systemd.units.0.name',
  ],
])('a configuration that %s is refused', async (_title, text, words) => {
  const fault = await resolveConfig(text, nowhere).catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(BootstrapRefused);
  expect(String(fault)).toContain(words);
});

test('configurations that lead to themselves are refused', async () => {
  const { fetch } = serving({ 'https://a/1': merging({ source: 'https://a/1' }) });
  await expect(resolveConfig(merging({ source: 'https://a/1' }), fetch)).rejects.toThrow('more than 5 times');
});
