import { expect, test } from 'vitest';
import { filesOf } from './config-maps.ts';
import { summaryOf } from './validate-manifests.ts';
import { structureFindings } from './validate-structure.ts';

const found = (data: Record<string, string>, configMap = 'extra-manifest-cm1-err') =>
  structureFindings({ files: filesOf(configMap, data), missing: [] });

const yaml = (apiVersion: string, kind: string, name?: string, annotations: Record<string, string> = {}): string =>
  JSON.stringify({ apiVersion, kind, metadata: { ...(name && { name }), annotations } });

test('T27 what cannot be decoded and what has no name are both told, and nothing is a warning', () => {
  const { error, warning } = summaryOf(
    found({
      'srvn_random_chars.yaml': 'apiVersion: v1\nkind: [rfhkwejhriu23',
      'sriov.yaml': yaml('sriovnetwork.openshift.io/v1', 'SriovNetwork'),
      'warned.yaml': yaml('v1', 'ConfigMap', 'a', { 'lca.openshift.io/apply-type': 'upsert' }),
    }),
  );
  expect(error).toContain('failed to decode srvn_random_chars.yaml in the configMap extra-manifest-cm1-err: ');
  expect(error).toContain('SriovNetwork resource name is empty');
  expect(warning).toBeUndefined();
});

test('T28 configurations of machines and operators are not allowed', () => {
  const data = {
    all: [
      yaml('machineconfiguration.openshift.io/v1', 'MachineConfig', 'generic'),
      yaml('operators.coreos.com/v1alpha1', 'Subscription', 'local-storage-operator'),
    ].join('\n---\n'),
  };
  expect(summaryOf(found(data)).error).toBe(
    'MachineConfig[generic] in extramanifests is not allowed; Subscription[local-storage-operator] in extramanifests is not allowed',
  );
});

test.each([
  ['operators.coreos.com/v1alpha1', 'CatalogSource'],
  ['operators.coreos.com/v1', 'OperatorGroup'],
  ['olm.operatorframework.io/v1', 'ClusterExtension'],
  ['machineconfiguration.openshift.io/v1', 'KubeletConfig'],
])('%s %s is allowed', (apiVersion, kind) => {
  expect(found({ a: yaml(apiVersion, kind, 'x') })).toEqual([]);
});

test('D-I12 an unknown apply-type is a warning', () => {
  expect(summaryOf(found({ a: yaml('v1', 'ConfigMap', 'a', { 'lca.openshift.io/apply-type': 'upsert' }) }))).toEqual({
    warning: 'ConfigMap[a] - unknown apply-type "upsert", using replace',
  });
});

test('a wave that is no whole number, and ConfigMaps that are not there, are errors', () => {
  const files = filesOf('cm', { a: yaml('v1', 'ConfigMap', 'a', { 'lca.openshift.io/apply-wave': 'soon' }) });
  expect(structureFindings({ files, missing: ['configmaps "gone" not found'] }).map(({ message }) => message)).toEqual([
    'the extraManifests configMap is not found, error: configmaps "gone" not found. Please create the configMap.',
    expect.stringMatching(/^failed to sort and group manifests: /),
  ]);
});
