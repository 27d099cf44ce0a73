import { copies } from '../../names.ts';
import type { PayloadImage, Release } from '../../release/release.ts';
import type { ControlPlane } from '../control-plane.ts';
import { COMPONENT_LABEL } from '../manifest.ts';

/** A release without the image of a component that is needed. */
export class PayloadError extends Error {
  override readonly name = 'PayloadError';
}

/** The image of a component; throws a `PayloadError` that names release and component. */
export const imageOf = (release: Release, image: PayloadImage): string => {
  const found = release.images[image];
  if (found === undefined) throw new PayloadError(`release image ${release.image} names no image ${image}: choose a release that has it`);
  return found;
};

/** Labels by which workloads and Services find the pods of a component. */
export const selectorOf = (component: string) => ({ app: component });

/** What every container of a control plane gives up. */
export const CONFINED = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true };

/** A probe over HTTP; by default over TLS. */
export const httpProbe = (path: string, port: number, scheme: 'HTTP' | 'HTTPS' = 'HTTPS') => ({ httpGet: { path, port, scheme } });

type Probe = ReturnType<typeof httpProbe>;

/**
 * Probes of a container: every second until it first answers (for five minutes), so that whoever waits for it loses no time,
 * and calmly from then on.
 */
export const probes = ({ ready, alive }: { ready: Probe; alive: Probe }) => ({
  startupProbe: { ...ready, periodSeconds: 1, timeoutSeconds: 5, failureThreshold: 300 },
  readinessProbe: { ...ready, periodSeconds: 5, timeoutSeconds: 10, failureThreshold: 2 },
  livenessProbe: { ...alive, periodSeconds: 20, timeoutSeconds: 20, failureThreshold: 6 },
});

/** Requests of a container: thousandths of a core, and MiB. */
export const requests = (cpu: number, memory: number) => ({ requests: { cpu: `${cpu}m`, memory: `${memory}Mi` } });

/** A volume with a Secret that the processes' group may read. */
export const secretVolume = (name: string, secret: string = name) => ({ name, secret: { secretName: secret, defaultMode: 0o440 } });

/** A volume with a ConfigMap. */
export const configVolume = (name: string, configMap: string = name) => ({ name, configMap: { name: configMap } });

/** Mounts a volume, read only. */
export const mount = (name: string, mountPath: string) => ({ name, mountPath, readOnly: true });

const spread = (component: string) => ({
  podAntiAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      { weight: 100, podAffinityTerm: { labelSelector: { matchLabels: selectorOf(component) }, topologyKey: 'kubernetes.io/hostname' } },
    ],
  },
});

/** A container without what all have in common. */
export type Container = Record<string, unknown> & { name: string; image: string };

const completed = (container: Container) => ({
  imagePullPolicy: 'IfNotPresent',
  terminationMessagePolicy: 'FallbackToLogsOnError',
  securityContext: CONFINED,
  ...container,
});

/** What a pod of a component consists of. */
export type PodParts = {
  component: string;
  containers: readonly Container[];
  initContainers?: readonly Container[];
  volumes: readonly object[];
  /** Its processes get a token of this account; absent: they get none. */
  serviceAccount?: string;
  graceSeconds?: number;
};

/** A pod template that an admission level of `restricted` lets pass, with labels, placement and pull secret of its control plane. */
export const podTemplate = (
  plane: ControlPlane,
  { component, containers, initContainers = [], volumes, serviceAccount, graceSeconds = 30 }: PodParts,
) => ({
  metadata: { labels: { ...plane.labels, ...selectorOf(component), [COMPONENT_LABEL]: component } },
  spec: {
    ...(serviceAccount === undefined ? {} : { serviceAccountName: serviceAccount }),
    automountServiceAccountToken: serviceAccount !== undefined,
    enableServiceLinks: false,
    imagePullSecrets: [{ name: copies.pullSecret }],
    terminationGracePeriodSeconds: graceSeconds,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: plane.userId,
      runAsGroup: plane.userId,
      fsGroup: plane.userId,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    ...(plane.highlyAvailable ? { affinity: spread(component) } : {}),
    ...(Object.keys(plane.nodeSelector).length > 0 ? { nodeSelector: plane.nodeSelector } : {}),
    ...(plane.tolerations.length > 0 ? { tolerations: plane.tolerations } : {}),
    ...(initContainers.length > 0 ? { initContainers: initContainers.map(completed) } : {}),
    containers: containers.map(completed),
    volumes,
  },
});
