import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { requireGo } from '../host/prerequisites.ts';
import { run } from '../processes/run.ts';
import type { Progress } from '../progress.ts';
import { buildInto } from './build-into.ts';
import { CLUSTER_API_CRDS, writeClusterApiCrds } from './cluster-api-crds.ts';
import { cacheFolder, GO_MODULE, KONNECTIVITY_MODULE, konnectivityCache, kubernetesCache } from './source.ts';

const VERSION = 'k8s.io/component-base/version';
const KUBERNETES_FLAGS = `-s -w -X ${VERSION}.gitVersion=v1.34.3 -X ${VERSION}.gitMajor=1 -X ${VERSION}.gitMinor=34`;
const MINIO_VERSION = 'v0.0.0-20260212201848-7aac2a2c5b7c';
const CLUSTER_API_VERSION = 'v1.11.3';
const GO_BUILD: readonly string[] = ['go', 'build', '-trimpath', '-ldflags', '-s -w'];

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

/** Fills a cache folder by what Go builds; needs Go only when the folder is not there. */
const buildByGo: typeof buildInto = (folder, title, progress, build) =>
  buildInto(folder, title, progress, async (draft) => {
    await requireGo();
    await build(draft);
  });

/** Returns the folder with the Kubernetes programs, CoreDNS and pause; builds them first when it is not there (6 min without a Go build cache). */
export const buildKubernetes = (progress: Progress): Promise<string> =>
  buildByGo(
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
  buildByGo(
    join(cacheFolder(), `minio-${MINIO_VERSION}`),
    'Building MinIO from Go modules (some minutes the first time)',
    progress,
    async (draft) => {
      await run(['go', 'install', '-trimpath', '-ldflags', '-s -w', `github.com/minio/minio@${MINIO_VERSION}`], {
        env: { CGO_ENABLED: '0', GOBIN: draft },
      });
    },
  );

/** Returns the folder with `proxy-server` and `proxy-agent` of konnectivity; builds them first when they are not there (1 min without a Go build cache). */
export const buildKonnectivity = (progress: Progress): Promise<string> =>
  buildByGo(konnectivityCache(), 'Building konnectivity from Go modules (a minute the first time)', progress, async (draft) => {
    for (const part of ['server', 'agent'])
      await run([...GO_BUILD, '-o', join(draft, `proxy-${part}`), `sigs.k8s.io/apiserver-network-proxy/cmd/${part}`], {
        cwd: KONNECTIVITY_MODULE,
        env: { CGO_ENABLED: '0' },
      });
  });

/** Returns the folder with the core manager of Cluster API and its CRDs; builds it first when it is not there (4 min without a Go build cache). */
export const buildClusterApi = (progress: Progress): Promise<string> =>
  buildByGo(
    join(cacheFolder(), `cluster-api-${CLUSTER_API_VERSION}`),
    'Building Cluster API from Go modules (some minutes the first time)',
    progress,
    async (draft) => {
      const module = `sigs.k8s.io/cluster-api@${CLUSTER_API_VERSION}`;
      await run(['go', 'install', '-trimpath', '-ldflags', '-s -w', module], { env: { CGO_ENABLED: '0', GOBIN: draft } });
      const { Dir: folder } = JSON.parse(await run(['go', 'mod', 'download', '-json', module])) as { Dir: string };
      writeClusterApiCrds(join(folder, 'config/crd/bases'), join(draft, CLUSTER_API_CRDS));
    },
  );
