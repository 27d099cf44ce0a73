import type { Deployment, HostDriver } from '../host/driver.ts';

/** The deployment that runs; where ostree lists it says nothing. */
export const bootedOf = async ({ host }: { readonly host: Pick<HostDriver, 'listDeployments'> }): Promise<Deployment> => {
  const booted = (await host.listDeployments()).find((each) => each.booted);
  if (booted === undefined) throw new Error('None of the deployments is booted. Look at `ostree admin status`');
  return booted;
};
