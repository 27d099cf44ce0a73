import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runHere } from '../src/host/run.ts';
import type { RegistryAccess } from '../src/seed/access.ts';
import { type SeedClusterInfo, seedClusterInfo } from '../src/seed/cluster-info.ts';
import { archiveEtc, archiveRepository, archiveVar } from '../src/seed/image/archive.ts';
import { seedLabels } from '../src/seed/image/labels.ts';
import { architectureHere, writeSeedLayout } from '../src/seed/image/layout.ts';
import { pushSeed } from '../src/seed/image/push.ts';
import { seedRepository } from './tree.ts';

/** A seed to make; everything has a value that makes it a good one. */
export type TinySeed = {
  readonly version?: string;
  /** What manifest.json says, when it is to differ from the version of the tree. */
  readonly claimed?: string;
  readonly architecture?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** More files beside those of a seed, by name. */
  readonly extra?: Readonly<Record<string, string>>;
  /** More files of the system itself, by path. */
  readonly treeFiles?: Readonly<Record<string, string>>;
  /** Archives in the place of the good ones, by name. */
  readonly archives?: Readonly<Record<string, Buffer>>;
  readonly images?: readonly string[];
  readonly kernelArguments?: readonly string[];
  readonly info?: Partial<SeedClusterInfo>;
};

const write = (root: string, files: Readonly<Record<string, string>>): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
};

/** Writes every file of a seed into a folder and returns the commit that it brings. */
const writeSeedFiles = async (folder: string, seed: TinySeed): Promise<{ checksum: string; info: SeedClusterInfo }> => {
  const {
    version = '4.21.0',
    kernelArguments = ['tsc=nowatchdog', 'cgroup_no_v1="all"'],
    images = ['quay.io/lab/a:1', 'quay.io/lab/b:1'],
  } = seed;
  const work = mkdtempSync(join(tmpdir(), 'godwit-seed-'));
  const { repository, checksum } = await seedRepository(work, { version, ...(seed.treeFiles && { files: seed.treeFiles }) });
  const root = join(work, 'root');
  write(root, {
    'var/lib/from-seed': 'seed',
    'var/log/secret.log': 'not for others',
    'var/lib/lca/ibu.json': '{}',
    'etc/from-seed': 'here\n',
  });
  const info = seedClusterInfo.parse({ seed_cluster_ocp_version: seed.claimed ?? version, release_registry: 'quay.io', ...seed.info });
  write(folder, {
    'etc.deletions': '/etc/motd\n',
    'rpm-ostree.json': JSON.stringify({ deployments: [{ id: `rhcos-${'0'.repeat(64)}.0` }, { id: `rhcos-${checksum}.0`, booted: true }] }),
    'mco-currentconfig.json': JSON.stringify({ spec: { kernelArguments } }),
    [`ostree-${checksum}.0.origin`]: '[origin]\nrefspec=fleet:stable\n',
    'containers.list': `${images.join('\n')}\n`,
    'manifest.json': JSON.stringify(info),
    'lca-cli': 'a program',
    ...seed.extra,
  });
  await runHere(archiveRepository(repository, join(folder, 'ostree.tgz')));
  await runHere(archiveVar(root, join(folder, 'var.tgz')));
  await runHere(archiveEtc(root, join(folder, 'etc.tgz')), { input: 'etc/from-seed\n' });
  for (const [name, bytes] of Object.entries(seed.archives ?? {})) writeFileSync(join(folder, name), bytes);
  rmSync(work, { recursive: true, force: true });
  return { checksum, info };
};

/** Makes a seed image and pushes it; returns the commit that it brings, and its digest. */
export const pushTinySeed = async (
  image: string,
  access: RegistryAccess,
  seed: TinySeed = {},
): Promise<{ checksum: string; digest: string }> => {
  const work = mkdtempSync(join(tmpdir(), 'godwit-image-'));
  const [files, layout] = [join(work, 'files'), join(work, 'layout')];
  mkdirSync(files);
  const { checksum, info } = await writeSeedFiles(files, seed);
  const labels = seed.labels ?? seedLabels(info);
  const digest = await writeSeedLayout({ files, layout, labels, architecture: seed.architecture ?? architectureHere() });
  await pushSeed(layout, image, access, runHere);
  rmSync(work, { recursive: true, force: true });
  return { checksum, digest };
};
