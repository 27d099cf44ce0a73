import { readClusterApiCrds } from '../binaries/cluster-api-crds.ts';
import type { Manifest } from './apply.ts';

/** The CRDs of Cluster API's core, from the file that was built with its manager. */
export const clusterApiManifests = (path: string): Manifest[] =>
  readClusterApiCrds(path).map((object) => ({
    path: `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${object.metadata.name}`,
    object,
  }));
