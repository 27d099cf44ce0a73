import type { ItemRule } from './rule.ts';

/** Leaves out API services that the server registers by itself. */
export const apiServiceRule: ItemRule = {
  name: 'api-service',
  on: ['apiservices.apiregistration.k8s.io'],
  apply: (object) =>
    object.metadata.labels?.['kube-aggregator.kubernetes.io/automanaged'] === undefined
      ? { keep: object }
      : { skip: 'the API server registers it by itself' },
};

/** In a migration, leaves out builds and image tags, which have no meaning on another cluster. */
export const buildRule: ItemRule = {
  name: 'build',
  on: ['builds.build.openshift.io', 'imagetags.image.openshift.io', 'imagestreams.image.openshift.io'],
  apply: (object, { migration }) => (migration ? { skip: 'it is made anew on the target cluster' } : { keep: object }),
};

const OPENSHIFT_BINDINGS = ['system:image-pullers', 'system:image-builders', 'system:deployers'];

/** In a migration, leaves out the role bindings that OpenShift puts into every namespace. */
export const defaultBindingRule: ItemRule = {
  name: 'default-binding',
  on: ['rolebindings.rbac.authorization.k8s.io', 'rolebindings.authorization.openshift.io'],
  apply: (object, { migration }) =>
    migration && OPENSHIFT_BINDINGS.includes(object.metadata.name ?? '')
      ? { skip: 'the target cluster puts it into every namespace' }
      : { keep: object },
};

const PUBLISHED = ['kube-root-ca.crt', 'openshift-service-ca.crt'];

/** Leaves out the certificates of the source cluster that it publishes into every namespace; the target publishes its own. */
export const publishedRule: ItemRule = {
  name: 'published',
  on: ['configmaps'],
  apply: (object) => (PUBLISHED.includes(object.metadata.name ?? '') ? { skip: 'the target cluster publishes its own' } : { keep: object }),
};
