import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Programs } from '../../binaries/programs.ts';
import { sourceHash } from '../../binaries/source.ts';
import { debianSources } from '../../images/debian-sources.ts';
import { buildRootFileSystem } from '../../images/root-file-system.ts';
import { pauseImage } from '../../node/pause-image.ts';
import { run } from '../../processes/run.ts';
import { type Progress, step } from '../../progress.ts';
import { BASE } from './base.ts';
import { layOut } from './layout.ts';
import { productHash, writeProduct } from './product.ts';
import { commitOf, commitTree, type TreePart } from './repository.ts';

/** One layer of a tree: its name changes with its contents. */
export type Layer = { ref: string; title: string; write: (tree: string) => Promise<void> | void };

const PROGRAMS: readonly string[] = [
  'etcd',
  'etcdctl',
  'etcdutl',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubelet',
  'kube-proxy',
  'kubectl',
];

const base = (): Layer => ({
  ref: `layer/debian-${sourceHash([JSON.stringify(BASE)])}`,
  title: 'the Debian packages of a node (two minutes, and the download)',
  write: async (tree) => {
    const tar = `${tree}.tar`;
    try {
      await buildRootFileSystem(BASE, await debianSources(), tar);
      await run([
        'tar',
        '--extract',
        '--file',
        tar,
        '--directory',
        tree,
        '--exclude=./dev/*',
        '--numeric-owner',
        '--xattrs',
        '--xattrs-include=*',
      ]);
    } finally {
      rmSync(tar, { force: true });
    }
    layOut(tree);
  },
});

const programsLayer = (programs: Programs): Layer => ({
  ref: `layer/programs-${sourceHash([programs('kubelet'), programs('coredns'), process.version, ...PROGRAMS])}`,
  title: 'the programs of a node',
  write: async (tree) => {
    const bin = join(tree, 'usr/bin');
    const images = join(tree, 'usr/share/godwit/images');
    for (const folder of [bin, images]) mkdirSync(folder, { recursive: true });
    copyFileSync(programs('kubelet'), join(bin, 'kubernetes'));
    for (const name of PROGRAMS) symlinkSync('kubernetes', join(bin, name));
    copyFileSync(programs('coredns'), join(bin, 'coredns'));
    copyFileSync(process.execPath, join(bin, 'node'));
    copyFileSync(await pauseImage(programs('pause')), join(images, 'pause.tar'));
  },
});

const product = (): Layer => ({ ref: `layer/product-${productHash()}`, title: 'the product', write: writeProduct });

/** The layers below every release, the lowest first. */
export const lowerLayers = (programs: Programs): Layer[] => [base(), programsLayer(programs), product()];

/** Commits a tree that is written into an empty folder, over others, unless the repository has it. */
export const commitLayer = async (
  repository: string,
  { ref, title, write }: Layer,
  below: readonly TreePart[],
  progress: Progress,
): Promise<string> => {
  const known = await commitOf(repository, ref);
  if (known) return known;
  return step(progress, `Building ${title}`, async () => {
    const folder = mkdtempSync(join(dirname(repository), 'draft-'));
    const tree = join(folder, 'tree');
    mkdirSync(tree, { mode: 0o755 });
    try {
      await write(tree);
      return await commitTree(repository, ref, title, [...below, { dir: tree }]);
    } finally {
      if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
    }
  });
};
