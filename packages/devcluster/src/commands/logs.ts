import { requireComponent } from '../sets/components.ts';
import { requireState } from '../sets/state.ts';
import type { Command } from './run.ts';

/** Prints the path of a component's log; the word `set` stands for what all clusters share. */
export const logs: Command = async ({ words: [cluster, name], set }) => {
  if (!cluster || !name)
    throw new Error('Name a cluster and a component: godwit-dev logs alpha kube-apiserver, or godwit-dev logs set minio');
  process.stdout.write(`${requireComponent(requireState(set), cluster === 'set' ? undefined : cluster, name).log}\n`);
};
