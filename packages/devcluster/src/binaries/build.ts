import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../host/lock.ts';
import { requireGo } from '../host/prerequisites.ts';
import { run } from '../processes/run.ts';
import { type Progress, step } from '../progress.ts';
import { cacheFolder, GO_MODULE, kubernetesCache } from './source.ts';

const VERSION = 'k8s.io/component-base/version';
const KUBERNETES_FLAGS = `-s -w -X ${VERSION}.gitVersion=v1.34.3 -X ${VERSION}.gitMajor=1 -X ${VERSION}.gitMinor=34`;
const MINIO_VERSION = 'v0.0.0-20260212201848-7aac2a2c5b7c';

/** The names by which the multi-call binary is called. */
const CALLED_NAMES: readonly string[] = [
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubelet',
  'kube-proxy',
  'kubectl',
  'etcd',
  'etcdctl',
  'etcdutl',
];

const removeTree = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** Fills a cache folder once: works in a folder beside it and moves that into place, so that a folder that exists is complete. */
const buildInto = async (folder: string, title: string, progress: Progress, build: (draft: string) => Promise<void>): Promise<string> => {
  if (existsSync(folder)) return folder;
  await requireGo();
  const work = async (): Promise<void> => {
    if (existsSync(folder)) return;
    // Always the same place: the next build clears away what a killed one has left.
    const draft = `${folder}.draft`;
    removeTree(draft);
    mkdirSync(draft, { recursive: true });
    progress(`Building into ${folder}`);
    await step(progress, title, () => build(draft));
    renameSync(draft, folder);
  };
  await withLock(`${folder}.lock`, work, progress);
  return folder;
};

/** Returns the folder with the Kubernetes programs, CoreDNS and pause; builds them first when it is not there (6 min without a Go build cache). */
export const buildKubernetes = (progress: Progress): Promise<string> =>
  buildInto(
    kubernetesCache(),
    'Building Kubernetes, etcd and CoreDNS from Go modules (some minutes the first time)',
    progress,
    async (draft) => {
      await run(
        ['go', 'build', '-trimpath', '-tags', 'providerless', '-ldflags', KUBERNETES_FLAGS, '-o', `${draft}/`, '.', './coredns', './pause'],
        {
          cwd: GO_MODULE,
          env: { CGO_ENABLED: '0' },
        },
      );
      for (const name of CALLED_NAMES) symlinkSync('kubernetes', join(draft, name));
    },
  );

/** Returns the folder with `minio`; builds it first when it is not there (4 min without a Go build cache). */
export const buildMinio = (progress: Progress): Promise<string> =>
  buildInto(
    join(cacheFolder(), `minio-${MINIO_VERSION}`),
    'Building MinIO from Go modules (some minutes the first time)',
    progress,
    async (draft) => {
      await run(['go', 'install', '-trimpath', '-ldflags', '-s -w', `github.com/minio/minio@${MINIO_VERSION}`], {
        env: { CGO_ENABLED: '0', GOBIN: draft },
      });
    },
  );
