import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { silentLog, systemClock } from '@godwit/controller';
import { expect, test } from 'vitest';
import { clusterConfigurationText } from './cluster-configuration.ts';
import { type HostWorld, hostSteps } from './host-steps.ts';
import { handedOver, IDENTITY_SUMMARY } from './places.ts';
import { NotConfigured, runPart } from './run-part.ts';
import { walkFirstBoot } from './step.ts';
import type { EtcdStore, StoreEntry } from './store/etcd-store.ts';

const configuration = {
  api_version: 1 as const,
  cluster_name: 'site',
  base_domain: 'example.com',
  cluster_id: 'id-1',
  hostname: 'node-1',
  node_ip: '192.0.2.1',
  pull_secret: '{"auths":{}}',
  server_ssh_keys: [{ name: 'ssh_host_ed25519_key', content: 'key of the host' }],
  additionalTrustBundle: { userCaBundle: 'bundle' },
};

const SEED = {
  '/etc/kubernetes/cluster.env': 'CLUSTER_NAME=seed\nNODE_NAME=seed\nNODE_IP=192.0.2.7\n',
  '/var/seed_data/manifest.json': '{"sno_hostname":"seed"}',
  '/var/lib/kubernetes/pki/ca.crt': 'authority of the seed',
  '/var/lib/kubernetes/issued-for': 'seed',
  '/var/lib/kubelet/pki/kubelet-client-current.pem': 'of the seed',
  '/var/lib/kubelet/cpu_manager_state': '{}',
  '/var/opt/openshift/kubeconfig-crypto/ca.crt': 'authority of the site',
};

const newHost = (files: Readonly<Record<string, string>> = {}): string => {
  const root = mkdtempSync(join(tmpdir(), 'godwit-first-boot-'));
  for (const [path, text] of Object.entries({ ...SEED, ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
};

/** A store that is a list; a real etcd takes its place in the cluster test. */
const listStore = (entries: StoreEntry[]): EtcdStore => ({
  forgetPast: async () => {},
  entries: async function* () {
    yield* [...entries];
  },
  remove: async (keys) => {
    for (const key of keys)
      entries.splice(
        entries.findIndex((each) => each.key === key),
        1,
      );
  },
});

const worldOf = (root: string, entries: StoreEntry[] = []): HostWorld => ({
  root,
  clock: systemClock,
  log: silentLog,
  configuration,
  withStore: (work) => work(listStore(entries)),
});

const textAt = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');

test('D-I7 the files of a seed become those of the cluster that is upgraded', async () => {
  const root = newHost();
  const entries = [
    { key: 'minions/seed', value: Buffer.from('x') },
    { key: 'pods/shop/web', value: Buffer.from('\x04seed') },
    { key: 'secrets/shop/word', value: Buffer.from('x') },
  ];
  await walkFirstBoot(hostSteps, worldOf(root, entries));
  expect(textAt(root, '/etc/kubernetes/cluster.env')).toContain('NODE_NAME=node-1\nNODE_IP=192.0.2.1');
  expect(textAt(root, '/etc/hostname')).toBe('node-1\n');
  expect(textAt(root, '/var/lib/kubelet/config.json')).toBe('{"auths":{}}');
  expect(textAt(root, '/etc/ssh/ssh_host_ed25519_key')).toBe('key of the host');
  expect(textAt(root, '/etc/pki/godwit/registry-ca.crt')).toBe('bundle');
  expect(textAt(root, '/var/lib/kubernetes/pki/ca.crt')).toBe('authority of the site');
  for (const path of ['/var/lib/kubernetes/issued-for', '/var/lib/kubelet/pki', '/var/lib/kubelet/cpu_manager_state'])
    expect(existsSync(join(root, path))).toBe(false);
  expect(entries.map(({ key }) => key)).toEqual(['secrets/shop/word']);
  expect(JSON.parse(textAt(root, IDENTITY_SUMMARY))).toEqual({
    names: ['seed', '192.0.2.7'],
    removed: { minions: 1, pods: 1 },
    kept: 1,
    mentions: [],
  });
});

test.each(hostSteps.map(({ name }) => [name]))('cut short after %s, a second run ends as a first one does', async (last) => {
  const root = newHost();
  const until = hostSteps.findIndex(({ name }) => name === last) + 1;
  await walkFirstBoot(hostSteps.slice(0, until), worldOf(root));
  await walkFirstBoot(hostSteps, worldOf(root));
  expect(textAt(root, '/var/lib/kubernetes/pki/ca.crt')).toBe('authority of the site');
  expect(textAt(root, '/etc/kubernetes/cluster.env')).toContain('CLUSTER_NAME=site');
  expect(JSON.parse(textAt(root, IDENTITY_SUMMARY))).toMatchObject({ names: ['seed', '192.0.2.7'] });
});

test('what is done once is not done again: its marker says so', async () => {
  const root = newHost();
  await walkFirstBoot(hostSteps, worldOf(root));
  expect(existsSync(join(root, handedOver.folder, 'store-identity.done'))).toBe(true);
  writeFileSync(join(root, '/var/lib/kubernetes/pki/apiserver.crt'), 'issued by the unit after this one');
  await walkFirstBoot(hostSteps, worldOf(root));
  expect(textAt(root, '/var/lib/kubernetes/pki/apiserver.crt')).toContain('issued');
});

const part = (root: string, work: () => Promise<void>) => {
  const messages: string[] = [];
  const ended = runPart({ root, log: silentLog, work, rollBack: async (message) => void messages.push(message) });
  return { messages, ended };
};
const handed = { [handedOver.configuration]: clusterConfigurationText(configuration) };
const rollingBack = (postpivot: boolean) => ({
  '/var/lib/lca/autorollback_config.json': JSON.stringify({ monitor_timeout: 60, enabled_components: { config: postpivot, postpivot } }),
});
const broken = () => Promise.reject(new Error('keys: disk full'));

test('a boot without anything handed over does nothing, unless it is a copy of a seed', async () => {
  const root = mkdtempSync(join(tmpdir(), 'godwit-first-boot-'));
  expect(await part(root, broken).ended).toBe('nothing to do');
  await expect(part(newHost(), broken).ended).rejects.toThrow(NotConfigured);
});

test('a failure rolls back at once, with the reason', async () => {
  const { ended, messages } = part(newHost({ ...handed, ...rollingBack(true) }), broken);
  expect(await ended).toBe('rolled back');
  expect(messages).toEqual(['Rollback due to postpivot failure: keys: disk full']);
});

test.each([
  ['it is switched off', { ...handed, ...rollingBack(false) }],
  ['nobody has said that it should', handed],
])('a failure is tried again where %s', async (_title, files) => {
  const { ended, messages } = part(newHost(files), broken);
  await expect(ended).rejects.toThrow('disk full');
  expect(messages).toEqual([]);
});
