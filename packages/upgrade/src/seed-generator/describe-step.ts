import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readText, writeText } from '../carried/files.ts';
import { imagesText } from '../precache/registry.ts';
import { SEED_FILES } from '../seed/unpack.ts';
import { bootedOf } from './booted.ts';
import { describeSeed } from './describe-seed.ts';
import { imagesOfSeed, parseImages, sandboxImage } from './images.ts';
import { seedPlaces } from './places.ts';
import { kernelArgumentsOfSeed, originName, statusOfSeed } from './seed-files.ts';
import type { GenerationWorld, SeedStep } from './world.ts';

const CONTAINERD = '/etc/containerd/config.toml';
const MACHINE_CONFIG = '/etc/machine-config-daemon/currentconfig';

const readImages = async ({ host, run }: GenerationWorld): Promise<string[]> => {
  const sandbox = sandboxImage((await readText(join(host.root, CONTAINERD))) ?? '');
  const listed = parseImages(await run(['ctr', '--namespace', 'k8s.io', 'images', 'list']));
  return imagesOfSeed(listed, sandbox === undefined ? [] : [sandbox]);
};

const machineConfig = async (world: GenerationWorld): Promise<string> => {
  const { host } = world;
  const found = await readText(join(host.root, MACHINE_CONFIG));
  if (found !== undefined) return found;
  const kernelArguments = kernelArgumentsOfSeed(await host.kernelArguments(await bootedOf(world)));
  return JSON.stringify({ spec: { kernelArguments } }, undefined, 2);
};

const deployments = async ({ host, run }: GenerationWorld): Promise<string> =>
  run(['rpm-ostree', 'status', '-v', '--json']).catch(async () => statusOfSeed(await host.listDeployments()));

/** Writes everything that a seed says of itself. */
export const describe: SeedStep = {
  name: 'describe',
  does: 'What the seed says of its cluster, its images and its deployment is written down.',
  undo: 'The files are removed.',
  timeoutSeconds: 300,
  attempts: 3,
  run: async (world) => {
    const { host } = world;
    const { files, beside } = seedPlaces(host);
    const booted = await bootedOf(world);
    const images = await readImages(world);
    const info = await describeSeed(world, images);
    const text = JSON.stringify(info, undefined, 2);
    await writeText(join(files, SEED_FILES.info), text);
    await writeText(join(beside, 'var/seed_data/manifest.json'), text);
    await writeText(join(files, SEED_FILES.images), imagesText(images));
    await writeText(join(files, SEED_FILES.status), await deployments(world));
    await writeText(join(files, SEED_FILES.machineConfig), await machineConfig(world));
    await copyFile(host.originPath(booted), join(files, originName(booted)));
    return { info };
  },
};
