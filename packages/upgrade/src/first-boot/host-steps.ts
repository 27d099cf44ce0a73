import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readText, remove, writeText } from '../carried/files.ts';
import { identityText, namesOf, variablesOf } from './node-identity.ts';
import { handedOver, IDENTITY_SUMMARY, nodePlaces, SEED_DATA } from './places.ts';
import type { FirstBoot, FirstBootStep } from './step.ts';
import { adoptStore } from './store/adopt-store.ts';
import type { EtcdStore } from './store/etcd-store.ts';

/** What the steps before the cluster runs may touch: files, and the store without its API server. */
export type HostWorld = FirstBoot & { withStore<T>(work: (store: EtcdStore) => Promise<T>): Promise<T> };

type HostStep = FirstBootStep<HostWorld>;

const at = ({ root }: FirstBoot, path: string): string => join(root, path);

const put = async (world: FirstBoot, path: string, text: string | undefined): Promise<void> => {
  if (text !== undefined) await writeText(at(world, path), text);
};

const pullSecret: HostStep = {
  name: 'pull-secret',
  once: true,
  run: (world) => put(world, nodePlaces.pullSecret, world.configuration.pull_secret),
};

/** Who the seed was is asked before it is overwritten: a run that is cut short later must still know it. */
const rememberSeed: HostStep = {
  name: 'remember-seed',
  once: true,
  run: async (world) => {
    const identity = variablesOf((await readText(at(world, nodePlaces.identity))) ?? '');
    const seed = JSON.parse((await readText(at(world, join(SEED_DATA, 'manifest.json')))) ?? '{}') as Record<string, never>;
    await put(world, join(handedOver.folder, 'seed-names.json'), JSON.stringify(namesOf(identity, seed)));
  },
};

const hostName: HostStep = {
  name: 'host-name',
  run: (world) => put(world, nodePlaces.hostname, `${world.configuration.hostname}\n`),
};

const trustBundle: HostStep = {
  name: 'trust-bundle',
  run: (world) => put(world, nodePlaces.trustBundle, world.configuration.additionalTrustBundle?.userCaBundle),
};

const chrony: HostStep = { name: 'chrony', run: (world) => put(world, nodePlaces.chrony, world.configuration.chrony_config) };

const sshKeys: HostStep = {
  name: 'server-ssh-keys',
  run: async (world) => {
    for (const { name, content } of world.configuration.server_ssh_keys ?? []) await put(world, join(nodePlaces.sshKeys, name), content);
  },
};

/** Certificates of the seed go; the authority and the token keys of the cluster come. Everything else is issued anew by whoever starts the cluster. */
const keys: HostStep = {
  name: 'keys',
  once: true,
  run: async (world) => {
    const { cluster, kubelet, pki } = nodePlaces;
    await remove(at(world, cluster), at(world, join(kubelet, 'pki')));
    const crypto = at(world, handedOver.crypto);
    for (const name of await readdir(crypto).catch(() => [])) await put(world, join(pki, name), await readText(join(crypto, name)));
  },
};

/** What the seed's kubelet and its network remember of their pods. */
const nodeState: HostStep = {
  name: 'node-state',
  once: true,
  run: async (world) => {
    const state = ['cpu_manager_state', 'memory_manager_state', 'dra_manager_state', 'checkpoints', 'pods', 'plugins_registry'];
    await remove(at(world, nodePlaces.podAddresses), ...state.map((name) => at(world, join(nodePlaces.kubelet, name))));
  },
};

const store: HostStep = {
  name: 'store-identity',
  once: true,
  run: async (world) => {
    const names = JSON.parse((await readText(at(world, join(handedOver.folder, 'seed-names.json')))) ?? '[]') as string[];
    const adoption = await world.withStore((found) => adoptStore(found, names));
    await put(world, IDENTITY_SUMMARY, `${JSON.stringify(adoption, undefined, 2)}\n`);
    world.log.info({ removed: adoption.removed, kept: adoption.kept, mentions: adoption.mentions }, 'the store is no longer the seed’s');
  },
};

const identity: HostStep = {
  name: 'identity',
  run: async (world) => {
    const hardware = variablesOf((await readText(at(world, nodePlaces.hardware))) ?? '');
    await put(world, nodePlaces.identity, identityText(world.configuration, hardware.NODE_ADDRESS));
  },
};

/** Makes of a seed's files the cluster that is upgraded, before any part of it runs; in order. */
export const hostSteps: readonly HostStep[] = [
  rememberSeed,
  pullSecret,
  hostName,
  trustBundle,
  chrony,
  sshKeys,
  keys,
  nodeState,
  store,
  identity,
];
