import { expect, test } from 'vitest';
import { manifestCountProblem, orderedPolicies, type Policy, policyGroups } from './policies.ts';
import { versionLabels } from './version-labels.ts';

test.each([
  ['4.15.2-ec.3', ['4.15.2-ec.3', '4.15.2', '4.15']],
  ['4.15.2', ['4.15.2', '4.15']],
  ['4.16.0-0.ci-2024-04-11-051453', ['4.16.0-0.ci-2024-04-11-051453', '4.16.0', '4.16']],
])('T31 the labels for version %s', (version, labels) => {
  expect(versionLabels(version)).toEqual(labels);
});

const template = (complianceType: string, name: string, version = '4.15') => ({
  complianceType,
  objectDefinition: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, labels: { 'lca.openshift.io/target-ocp-version': version } } },
});
const policy = (name: string, wave: string | undefined, templates: object[] = [], remediationAction = 'inform'): Policy => ({
  apiVersion: 'policy.open-cluster-management.io/v1',
  kind: 'Policy',
  metadata: { name, ...(wave && { annotations: { 'ran.openshift.io/ztp-deploy-wave': wave } }) },
  spec: {
    remediationAction,
    'policy-templates': [{ objectDefinition: { kind: 'ConfigurationPolicy', spec: { 'object-templates': templates } } }],
  },
});

test('policies are ordered by their waves as numbers, then by name; those that are enforced, or not from a hub, are left out', () => {
  const policies = [
    policy('ztp.b', '10'),
    policy('ztp.c', '2'),
    policy('ztp.a', '10'),
    policy('ztp.enforced', '1', [], 'Enforce'),
    policy('local', '1'),
    policy('ztp.no-wave', undefined),
  ];
  expect(orderedPolicies(policies).map(({ metadata }) => metadata.name)).toEqual(['ztp.c', 'ztp.a', 'ztp.b']);
});

test('what a policy must have is merged, what it must only have replaced, and the rest is not for us', () => {
  const groups = policyGroups(
    [
      policy('ztp.a', '1', [
        template('musthave', 'merged'),
        template('mustonlyhave', 'replaced', '4.15.2'),
        template('mustnothave', 'gone'),
        template('musthave', 'other', '4.16'),
      ]),
      policy('ztp.b', '2'),
    ],
    '4.15.2',
  );
  const types = groups.map((group) => group.map(({ metadata }) => [metadata.name, metadata.annotations?.['lca.openshift.io/apply-type']]));
  expect(types).toEqual([
    [
      ['merged', 'merge'],
      ['replaced', 'replace'],
    ],
  ]);
});

test('T31 fewer manifests than expected are an error; a cluster without policies has nothing to count', () => {
  const read = { served: true, policies: ['ztp.a'], groups: policyGroups([policy('ztp.a', '1', [template('musthave', 'x')])], '4.15.2') };
  expect(manifestCountProblem(read, '3')).toBe(
    'The labeled manifests count found in policies [ztp.a] does not match the expected manifests count 3',
  );
  expect(manifestCountProblem(read, '1')).toBeUndefined();
  expect(manifestCountProblem(read, 'one')).toContain('does not match the expected manifests count one');
  expect(manifestCountProblem({ ...read, served: false, groups: [] }, '3')).toBeUndefined();
});
