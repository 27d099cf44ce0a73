/** A deployment as rpm-ostree names it in the seed: its commit and serial, and the name of its folder. */
export type SeedDeployment = { readonly checksum: string; readonly serial: number; readonly folder: string };

/** Reads rpm-ostree's name of a deployment, such as rhcos-<commit>.0; the name of the system before the last dash may hold dashes itself. */
export const parseDeploymentId = (id: string): SeedDeployment => {
  if (!id.includes('-')) throw new Error(`failed to get deployment from deploymentID, there should be a '-' in deploymentID ${id}`);
  const folder = id.slice(id.lastIndexOf('-') + 1);
  const [, checksum, serial] = /^([0-9a-f]{64})\.(\d+)$/.exec(folder) ?? [];
  if (checksum === undefined) throw new Error(`the deploymentID ${id} names no commit and serial after its last '-'`);
  return { checksum, serial: Number(serial), folder };
};
