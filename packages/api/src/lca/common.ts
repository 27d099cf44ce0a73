import { z } from 'zod';

/** What every kind of lca.openshift.io has in common. */
export const lcaKind = { group: 'lca.openshift.io', version: 'v1', scope: 'Cluster', status: 'subresource' } as const;

/** Where an image is pulled from; a scheme before it is allowed, white space in it is not. */
export const pullSpec = () =>
  z
    .string()
    .min(1)
    .regex(/^([a-z0-9]+:\/\/)?[\S]+$/);
