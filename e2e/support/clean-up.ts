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

const VOLUME_LINES = 'jsonpath={range .items[*]}{.spec.claimRef.namespace} persistentvolume/{.metadata.name}{"\\n"}{end}';

/** The volumes that were claimed in one of the namespaces, each as kubectl names it. */
export const volumesOf = async (kubectl: Kubectl, namespaces: readonly string[]): Promise<string[]> =>
  linesOf(await kubectl.run(['get', 'persistentvolumes', '-o', VOLUME_LINES]))
    .map((line) => line.split(' '))
    .flatMap(([namespace = '', volume = '']) => (namespaces.includes(namespace) ? [volume] : []));

const removeNamespaces = async (kubectl: Kubectl, namespaces: readonly string[]): Promise<void> => {
  await kubectl.run(['delete', 'namespaces', ...namespaces, '--ignore-not-found', '--timeout=120s']);
  const volumes = await volumesOf(kubectl, namespaces);
  if (volumes.length > 0) await kubectl.run(['wait', '--for=delete', ...volumes, '--timeout=60s']);
};

/** Removes what a file of tests made on both clusters: its namespaces with their volumes, and all plans, runs, backups and restores. */
export const cleanUp = async ({ alpha, beta }: LocalSet, namespaces: readonly string[]): Promise<void> => {
  await Promise.all([alpha, beta].flatMap((kubectl) => [removeMigrations(kubectl), removeNamespaces(kubectl, namespaces)]));
};
