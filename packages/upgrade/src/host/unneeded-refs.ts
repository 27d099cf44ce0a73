import type { Deployment } from './driver.ts';

/** A name in the repository and the commit that it stands for. */
export type Ref = { readonly name: string; readonly commit: string };

/** Names that ostree and rpm-ostree keep for themselves. */
const KEPT = /^(?:ostree|rpmostree)\//;

const refspecOf = (origin: string): string | undefined => /^(?:refspec|baserefspec)=(.+)$/m.exec(origin)?.[1]?.trim();

/** The refs that keep objects alive for nobody: no deployment holds their commit, and no origin follows them. */
export const unneededRefs = (refs: readonly Ref[], deployments: readonly Deployment[], origins: readonly string[]): string[] => {
  const commits = new Set(deployments.map(({ checksum }) => checksum));
  const followed = new Set(origins.map(refspecOf));
  return refs.filter(({ name, commit }) => !KEPT.test(name) && !commits.has(commit) && !followed.has(name)).map(({ name }) => name);
};
