import { bad, type Check, ok } from '../finding.ts';

/** Source and destination are two clusters, and the ones that are meant. */
export const clusters: Check = ({ source, target, expected }) => {
  if (expected !== undefined && expected !== source.uid)
    return bad(
      'AnotherSource',
      `the kubeconfig of the source leads to kube-system ${source.uid}, not to ${expected} as spec.source.clusterUID says; correct the Secret`,
    );
  return source.uid === target.uid
    ? bad('SameCluster', `source and destination are the same cluster (kube-system ${source.uid}); name the other management cluster`)
    : ok('Clusters', `kube-system ${source.uid} → ${target.uid}`);
};

const SKEW_SECONDS = 60;

const seconds = (a: Date, b: Date): number => Math.round(Math.abs(a.getTime() - b.getTime()) / 1000);

/** Certificates and signatures hold on both. */
export const clocks: Check = ({ source, target, now }) => {
  const skew = Math.max(seconds(source.time, now), seconds(target.time, now), seconds(source.time, target.time));
  return skew >= SKEW_SECONDS
    ? bad('ClockSkew', `clocks differ by ${skew} s; certificates and signatures would not hold: set them right`)
    : ok('Clocks', `${skew} s apart at most`);
};

/** The bucket takes and gives, and keeps to itself. */
export const store: Check = ({ store: { url, fault, isPublic } }) => {
  if (fault !== undefined) return bad('StoreUnusable', `${url}: ${fault}`);
  return isPublic
    ? bad('BucketPublic', `everybody may read ${url}; take public access away`)
    : ok('Store', `${url} takes and gives, and is not public`);
};
