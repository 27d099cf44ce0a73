import { run } from '../processes/run.ts';

/** Something that the machine lacks; the message names it and says what to do. */
export class MissingPrerequisite extends Error {
  override name = 'MissingPrerequisite';
}

/** Refuses to go on without root, which namespaces, mounts and cgroups need. */
export const requireRoot = (purpose: string, uid = process.getuid?.()): void => {
  if (uid !== 0) throw new MissingPrerequisite(`Not root: ${purpose} needs root rights. Run the command again with sudo, or as root.`);
};

const WANTED = { major: 1, minor: 24 };

/** Judges what `go version` printed: undefined when it is new enough, else what is wrong. */
export const judgeGoVersion = (output: string): string | undefined => {
  const found = /go(\d+)\.(\d+)/.exec(output);
  if (!found) return `"go version" printed ${JSON.stringify(output)}`;
  const [major, minor] = [Number(found[1]), Number(found[2])];
  const enough = major > WANTED.major || (major === WANTED.major && minor >= WANTED.minor);
  return enough ? undefined : `Go ${major}.${minor} is too old`;
};

/** Refuses to build without Go 1.24 or newer (Debian 12's own is older). */
export const requireGo = async (): Promise<void> => {
  const remedy =
    'Install Go 1.24 or newer (https://go.dev/dl/, Debian 12 brings an older one) and put it on PATH, or set KUBEBUILDER_ASSETS to a folder that has the programs.';
  const output = await run(['go', 'version']).catch(() => {
    throw new MissingPrerequisite(`Go is missing: Kubernetes is built from its sources. ${remedy}`);
  });
  const complaint = judgeGoVersion(output);
  if (complaint) throw new MissingPrerequisite(`${complaint}: Kubernetes is built from its sources. ${remedy}`);
};
