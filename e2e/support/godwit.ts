import { fileURLToPath } from 'node:url';
import { TRANSFER_IMAGE } from '@godwit/devcluster';
import { execa } from 'execa';
import type { LocalSet } from './local-set.ts';

const program = fileURLToPath(new URL('../../packages/cli/bin/godwit', import.meta.url));

/** Credentials of the set's object store as the environment that `godwit` reads them from; never as arguments. */
const environmentOf = ({ kubeconfig, objectStore }: LocalSet) => ({
  KUBECONFIG: kubeconfig,
  AWS_ACCESS_KEY_ID: objectStore.accessKey,
  AWS_SECRET_ACCESS_KEY: objectStore.secretKey,
});

/** Starts `godwit` as a user would; never rejects, so that callers judge the exit code. */
export const godwit = (set: LocalSet, args: readonly string[], options: { show?: boolean } = {}) =>
  execa(program, args, {
    env: environmentOf(set),
    reject: false,
    all: true,
    stdin: 'ignore',
    ...(options.show ? { stdout: ['pipe', 'inherit'] as const, stderr: ['pipe', 'inherit'] as const } : {}),
  });

/** The arguments of the one-shot job for a namespace of the set. */
export const migrateArguments = ({ objectStore }: LocalSet, namespace: string, more: readonly string[] = []): string[] => [
  'migrate',
  namespace,
  '--source=alpha',
  '--target=beta',
  `--repository=s3://${objectStore.bucket}`,
  `--s3-endpoint=${objectStore.endpoint}`,
  `--s3-ca-file=${objectStore.authorityPath}`,
  `--transfer-image=${TRANSFER_IMAGE}`,
  '--yes',
  ...more,
];
