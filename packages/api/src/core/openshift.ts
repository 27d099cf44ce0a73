import type { PodTemplateSpec } from 'kubernetes-types/core/v1.d.ts';
import type { ObjectOf } from '../kind.ts';
import { inGroup } from './resource.ts';

/** The fields of a Route that are read or written here. */
export type RouteFields = {
  spec: {
    host?: string;
    path?: string;
    to: { kind: string; name: string; weight?: number };
    port?: { targetPort: string | number };
    tls?: {
      termination: string;
      insecureEdgeTerminationPolicy?: string;
      certificate?: string;
      key?: string;
      caCertificate?: string;
      destinationCACertificate?: string;
    };
    wildcardPolicy?: string;
  };
  status?: {
    ingress?: {
      host?: string;
      routerName?: string;
      routerCanonicalHostname?: string;
      conditions?: { type: string; status: string; reason?: string; message?: string }[];
    }[];
  };
};

/** The fields of an ImageStream that are read or written here. */
export type ImageStreamFields = {
  spec?: {
    lookupPolicy?: { local: boolean };
    dockerImageRepository?: string;
    tags?: {
      name: string;
      from?: { kind: string; name: string; namespace?: string };
      annotations?: Record<string, string>;
      referencePolicy?: { type: string };
      importPolicy?: Record<string, unknown>;
    }[];
  };
  status?: {
    dockerImageRepository?: string;
    publicDockerImageRepository?: string;
    tags?: { tag: string; items?: { created: string; dockerImageReference: string; image: string; generation: number }[] }[];
  };
};

/** The fields of a DeploymentConfig that are read or written here. */
export type DeploymentConfigFields = {
  spec: {
    replicas?: number;
    paused?: boolean;
    selector?: Record<string, string>;
    template?: PodTemplateSpec;
    triggers?: {
      type: string;
      imageChangeParams?: {
        automatic?: boolean;
        containerNames?: string[];
        from: { kind: string; name: string; namespace?: string };
        lastTriggeredImage?: string;
      };
    }[];
    strategy?: Record<string, unknown>;
  };
  status?: { replicas?: number; readyReplicas?: number; availableReplicas?: number; latestVersion?: number; observedGeneration?: number };
};

/** An address for a service seen from outside, on OpenShift. */
export const Route = inGroup('route.openshift.io', 'v1').namespaced<RouteFields>('Route', 'routes');
/** An address for a service seen from outside, on OpenShift. */
export type Route = ObjectOf<typeof Route>;

/** Images by tag, on OpenShift. */
export const ImageStream = inGroup('image.openshift.io', 'v1').namespaced<ImageStreamFields>('ImageStream', 'imagestreams');
/** Images by tag, on OpenShift. */
export type ImageStream = ObjectOf<typeof ImageStream>;

/** Interchangeable pods, on OpenShift. */
export const DeploymentConfig = inGroup('apps.openshift.io', 'v1').namespaced<DeploymentConfigFields>(
  'DeploymentConfig',
  'deploymentconfigs',
);
/** Interchangeable pods, on OpenShift. */
export type DeploymentConfig = ObjectOf<typeof DeploymentConfig>;
