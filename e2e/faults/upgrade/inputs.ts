import { apply } from '../../support/manifests.ts';
import { seedImage } from '../../support/upgrade/seeds.ts';
import { readUpgrade } from '../../support/upgrade/upgrade.ts';
import { AGENT, OADP } from '../../support/upgrade/workload.ts';
import type { BadInput, Spec } from './bad-input.ts';
import { NEW, OLD, type Stage } from './stage.ts';

const failed = (message: string): string => `PrepInProgress=False Failed: ${message}`;
const ofSpec = (message: string): string => failed(`failed to validate IBU spec: ${message}`);

const inPrep = (bad: Omit<BadInput, 'stage' | 'next'>): BadInput => ({ stage: 'Prep', next: 'Idle', ...bad });

const seed =
  (change: Partial<Spec['seedImageRef']>) =>
  (good: Spec): Spec => ({ ...good, seedImageRef: { ...good.seedImageRef, ...change } });

const BAD = 'bad-cm';

const given = (namespace: string, text: string) => ({
  before: ({ edge }: Stage) =>
    apply(edge.kubectl, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: BAD, namespace }, data: { 'a.yaml': text } }),
  mend: ({ edge }: Stage) => edge.kubectl.run(['delete', 'configmap', BAD, '-n', namespace]),
});

const withManifests =
  (name: string) =>
  (good: Spec): Spec => ({ ...good, extraManifests: [{ name, namespace: AGENT }] });
const withBackups =
  (name: string) =>
  (good: Spec): Spec => ({ ...good, oadpContent: [{ name, namespace: OADP }] });

const extra = (name: string, text: string, says: string | RegExp): BadInput =>
  inPrep({ name, says: typeof says === 'string' ? ofSpec(says) : says, spec: withManifests(BAD), ...given(AGENT, text) });

const WARNING = 'extra-manifest.lca.openshift.io/validation-warning';
const WARNED = `PrepCompleted=True Completed: Prep stage completed with extramanifests validation warning. Please check the annotation '${WARNING}' for details.`;

const warned = (name: string, text: string, annotation: string): BadInput => ({
  ...extra(name, text, ''),
  says: WARNED,
  next: 'Idle,Upgrade',
  also: async ({ edge }) => {
    const found = (await readUpgrade(edge.kubectl)).metadata.annotations?.[WARNING];
    return found === annotation ? [] : [`the annotation says ${found}`];
  },
});

const object = (apiVersion: string, kind: string, name: string, more = ''): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n${more}`;

const MISSING = `${seedImage(NEW).replace(/:[^:]*$/, '')}:nowhere`;

/** What is wrong with what the spec says, and with what it refers to. */
export const specInputs: readonly BadInput[] = [
  inPrep({
    name: 'seed missing',
    says: new RegExp(`^${failed(`failed to validate seed image info: The seed image ${MISSING} cannot be read: .*manifest unknown`)}`),
    spec: seed({ image: MISSING }),
  }),
  inPrep({
    name: 'version not newer',
    says: ofSpec(`failed to validate seed image OCP version: seed OCP version (${OLD}) must be higher than current OCP version (${OLD})`),
    spec: seed({ version: OLD }),
  }),
  inPrep({
    name: 'version is not the seed’s',
    says: /^PrepInProgress=False Failed: stateroot setup job failed to complete\. job-name: lca-prep-stateroot-setup, job-namespace: openshift-lifecycle-agent: version specified in seed image \(4\.21\.0\) differs from version in spec \(4\.22\.0\)/,
    spec: seed({ version: '4.22.0' }),
  }),
  inPrep({
    name: 'pull secret missing',
    says: failed(
      'failed to validate seed image info: failed to retrieve pull-secret from secret openshift-lifecycle-agent/nowhere, err: secrets "nowhere" not found',
    ),
    spec: seed({ pullSecretRef: { name: 'nowhere' } }),
  }),
  inPrep({
    name: 'ConfigMap of backups missing',
    says: ofSpec('OADP configmap not found, error: configmaps "nowhere" not found. Please create the configmap.'),
    spec: withBackups('nowhere'),
  }),
  inPrep({
    name: 'ConfigMap of manifests missing',
    says: ofSpec('the extraManifests configMap is not found, error: configmaps "nowhere" not found. Please create the configMap.'),
    spec: withManifests('nowhere'),
  }),
  extra(
    'invalid YAML among manifests',
    'kind: [',
    /^PrepInProgress=False Failed: failed to validate IBU spec: failed to decode a\.yaml in the configMap bad-cm: ./,
  ),
  inPrep({
    name: 'invalid YAML among backups',
    says: /^PrepInProgress=False Failed: failed to validate IBU spec: failed to decode a\.yaml in the configMap bad-cm: ./,
    spec: withBackups(BAD),
    ...given(OADP, 'kind: ['),
  }),
  extra(
    'a MachineConfig among manifests',
    object('machineconfiguration.openshift.io/v1', 'MachineConfig', '99-mine'),
    'MachineConfig[99-mine] in extramanifests is not allowed',
  ),
  extra(
    'a Subscription among manifests',
    object('operators.coreos.com/v1alpha1', 'Subscription', 'mine'),
    'Subscription[mine] in extramanifests is not allowed',
  ),
  warned('definition missing', object('lab.example/v1', 'Widget', 'mine'), 'Widget[mine] - CRD not deployed on cluster'),
  warned(
    'namespace missing',
    object('v1', 'ConfigMap', 'mine', '  namespace: nowhere\n'),
    'ConfigMap[mine] - namespace nowhere not found on cluster or not added in configmap in right order',
  ),
];
