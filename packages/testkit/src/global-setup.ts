import { startControlPlane } from '@godwit/devcluster';
import type { TestProject } from 'vitest/node';
import { clientFor } from './client-for.ts';
import { installCrds } from './install-crds.ts';

declare module 'vitest' {
  /** What the setup of a run hands to its test files. */
  interface ProvidedContext {
    kubeconfig: string;
  }
}

/** Starts the one control plane of a test run, with all our definitions in it; returns what stops it. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const controlPlane = await startControlPlane({ name: 'test' });
  try {
    const client = clientFor(controlPlane.kubeconfigPath);
    await installCrds(client);
    await client.close();
  } catch (error) {
    await controlPlane.stop();
    throw error;
  }
  project.provide('kubeconfig', controlPlane.kubeconfigPath);
  return controlPlane.stop;
};
