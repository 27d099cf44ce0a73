/** Group-resources by wave; a wave begins when everything of the one before has been restored. Names without group stand for any group. */
const WAVES: readonly (readonly string[])[] = [
  ['customresourcedefinitions'],
  ['namespaces'],
  [
    'storageclasses',
    'volumesnapshotclasses',
    'volumesnapshotcontents',
    'priorityclasses',
    'runtimeclasses',
    'ingressclasses',
    'clusterroles',
    'securitycontextconstraints',
    'roles',
  ],
  ['serviceaccounts'],
  ['clusterrolebindings', 'rolebindings'],
  ['secrets', 'configmaps', 'limitranges'],
  ['persistentvolumes'],
  ['volumesnapshots', 'persistentvolumeclaims'],
  ['endpoints', 'endpointslices', 'services', 'networkpolicies'],
  ['pods'],
  ['replicasets', 'replicationcontrollers'],
  ['deployments', 'statefulsets', 'daemonsets', 'deploymentconfigs', 'jobs', 'cronjobs'],
];

const LAST = [
  'resourcequotas',
  'validatingwebhookconfigurations',
  'mutatingwebhookconfigurations',
  'validatingadmissionpolicies',
  'validatingadmissionpolicybindings',
  'mutatingadmissionpolicies',
  'mutatingadmissionpolicybindings',
  'apiservices',
];

/** The wave of custom resources and everything else that no wave names. */
export const REST_WAVE = WAVES.length;
/** The wave of what may refuse or limit later writes. */
export const LAST_WAVE = WAVES.length + 1;
/** The wave of definitions of custom resources. */
export const DEFINITIONS_WAVE = 0;

const BUILT_IN_GROUPS = /^$|^(apps|batch|extensions|policy|autoscaling)$|\.k8s\.io$|\.openshift\.io$/;

/** In which wave a group-resource is restored, from 0. A custom resource with a built-in name belongs to the rest. */
export const waveOf = (resource: string): number => {
  const dot = resource.indexOf('.');
  const [plural, group] = dot < 0 ? [resource, ''] : [resource.slice(0, dot), resource.slice(dot + 1)];
  if (!BUILT_IN_GROUPS.test(group)) return REST_WAVE;
  if (LAST.includes(plural)) return LAST_WAVE;
  const wave = WAVES.findIndex((names) => names.includes(plural));
  return wave < 0 ? REST_WAVE : wave;
};
