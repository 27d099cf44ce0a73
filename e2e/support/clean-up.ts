import type { Kubectl } from '@godwit/example-shop';
import type { LocalSet } from './local-set.ts';

const NAMESPACE = 'openshift-migration';
const OURS = /\.(migration\.openshift\.io|velero\.io)$/;

const linesOf = (text: string): string[] => text.split('\n').filter(Boolean);

/** No operator runs between two files, so nobody would answer the finalizers. */
const withoutFinalizers = (kubectl: Kubectl, name: string): Promise<string> =>
  kubectl.run(['patch', name, '-n', NAMESPACE, '--type=merge', '-p', '{"metadata":{"finalizers":null}}']).catch((error: Error) => {
    if (!error.message.includes('NotFound')) throw error;
    return '';
  });

const removeMigrations = async (kubectl: Kubectl): Promise<void> => {
  const kinds = linesOf(await kubectl.run(['api-resources', '--namespaced', '--verbs=delete', '-o', 'name'])).filter((name) =>
    OURS.test(name),
  );
  if (kinds.length === 0) return;
  const all = kinds.join(',');
  await kubectl.run(['delete', all, '--all', '-n', NAMESPACE, '--wait=false', '--ignore-not-found']);
  const left = linesOf(await kubectl.run(['get', all, '-n', NAMESPACE, '-o', 'name', '--ignore-not-found']));
  for (const name of left) await withoutFinalizers(kubectl, name);
  await kubectl.run(['wait', '--for=delete', all, '--all', '-n', NAMESPACE, '--timeout=60s']);
};

const removeNamespaces = async (kubectl: Kubectl, namespaces: readonly string[]): Promise<void> => {
  await kubectl.run(['delete', 'namespaces', ...namespaces, '--ignore-not-found', '--timeout=120s']);
  await kubectl.run(['wait', '--for=delete', 'persistentvolumes', '--all', '--timeout=60s']);
};

/** Removes what a file of tests made on both clusters: its namespaces with their volumes, and all plans, runs, backups and restores. */
export const cleanUp = async ({ alpha, beta }: LocalSet, namespaces: readonly string[]): Promise<void> => {
  await Promise.all([alpha, beta].flatMap((kubectl) => [removeMigrations(kubectl), removeNamespaces(kubectl, namespaces)]));
};
