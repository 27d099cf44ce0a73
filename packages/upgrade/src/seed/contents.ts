import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { HostError } from '../host/host-error.ts';
import { parseSeedClusterInfo, type SeedClusterInfo } from './cluster-info.ts';
import { parseDeploymentId, type SeedDeployment } from './deployment-id.ts';
import { SEED_FILES } from './unpack.ts';

/** What an unpacked seed says of itself. */
export type SeedContents = {
  readonly info: SeedClusterInfo;
  /** What the seed cluster had booted; its commit is what gets deployed. */
  readonly deployment: SeedDeployment;
  /** Letter by letter, in order. */
  readonly kernelArguments: readonly string[];
};

const status = z.object({ deployments: z.array(z.object({ id: z.string(), booted: z.boolean().optional() })) });
const machineConfig = z.object({
  spec: z.object({ kernelArguments: z.array(z.string()).nullish(), fips: z.boolean().optional() }).optional(),
});

const parsed = <T>(schema: z.ZodType<T>, text: string, file: string): T => {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new HostError(`${file} of the seed cannot be read`, 'Make the seed image again', cause);
  }
};

/** The deployment that the seed cluster had booted, out of what `rpm-ostree status --json` printed there. */
export const bootedInSeed = (text: string): SeedDeployment => {
  const booted = parsed(status, text, SEED_FILES.status).deployments.find((each) => each.booted);
  if (booted === undefined) throw new HostError(`${SEED_FILES.status} of the seed names no booted deployment`, 'Make the seed image again');
  return parseDeploymentId(booted.id);
};

/** The kernel arguments that the seed cluster's machine configuration asks for. */
const kernelArgumentsOf = (text: string): string[] => {
  const { spec } = parsed(machineConfig, text, SEED_FILES.machineConfig);
  return [...(spec?.kernelArguments ?? []), ...(spec?.fips ? ['fips=1', 'boot=LABEL=boot'] : [])];
};

/** Reads an unpacked seed, and throws when its version is not the one that was asked for. */
export const readSeedContents = async (folder: string, version: string): Promise<SeedContents> => {
  const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
  const info = parseSeedClusterInfo(await read(SEED_FILES.info), SEED_FILES.info);
  if (info.seed_cluster_ocp_version !== version)
    throw new HostError(
      `version specified in seed image (${info.seed_cluster_ocp_version}) differs from version in spec (${version})`,
      'Correct spec.seedImageRef.version, or name another image',
    );
  return {
    info,
    deployment: bootedInSeed(await read(SEED_FILES.status)),
    kernelArguments: kernelArgumentsOf(await read(SEED_FILES.machineConfig)),
  };
};
