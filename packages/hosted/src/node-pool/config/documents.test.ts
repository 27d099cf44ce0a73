import fc from 'fast-check';
import { expect, test } from 'vitest';
import { configDocuments, joinDocuments } from './documents.ts';

const machineConfig = (name: string) =>
  `apiVersion: machineconfiguration.openshift.io/v1\nkind: MachineConfig\nmetadata:\n  name: ${name}\n`;

test('a MachineConfig with only a name becomes a worker’s, with its zero fields written out (T43)', () => {
  expect(configDocuments(machineConfig('worker-ssh'))).toEqual([
    {
      apiVersion: 'machineconfiguration.openshift.io/v1',
      kind: 'MachineConfig',
      metadata: { creationTimestamp: null, name: 'worker-ssh', labels: { 'machineconfiguration.openshift.io/role': 'worker' } },
      spec: {
        baseOSExtensionsContainerImage: '',
        config: null,
        extensions: null,
        fips: false,
        kernelArguments: null,
        kernelType: '',
        osImageURL: '',
      },
    },
  ]);
});

test.each([
  ['text that is no object', 'nonsense', "error decoding config: Object 'Kind' is missing"],
  [
    'a kind of another kind of thing',
    'apiVersion: hypershift.openshift.io/v1beta1\nkind: HostedCluster\n',
    'error decoding config: no kind "HostedCluster" is registered for version "hypershift.openshift.io/v1beta1"',
  ],
])('%s is refused by name (T43)', (_title, text, message) => {
  expect(() => configDocuments(text)).toThrow(message);
});

test('text that is no YAML is refused with the place', () => {
  expect(() => configDocuments('a: [1')).toThrow(/^error decoding config: Flow sequence.* at line 1/);
});

test('a KubeletConfig is selected by the pool that carries it', () => {
  const [document] = configDocuments(
    'apiVersion: machineconfiguration.openshift.io/v1\nkind: KubeletConfig\nmetadata: {name: big}\nspec: {kubeletConfig: {maxPods: 500}}\n',
  );
  expect(document?.spec).toEqual({
    kubeletConfig: { maxPods: 500 },
    machineConfigPoolSelector: { matchLabels: { 'machineconfiguration.openshift.io/mco-built-in': '' } },
  });
});

test('the joined text is the same for every order of documents, and reads back as the same documents', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(names, (all) => {
      const documents = all.flatMap((name) => configDocuments(machineConfig(name)));
      const text = joinDocuments(documents);
      expect(joinDocuments(documents.toReversed())).toBe(text);
      expect(joinDocuments(configDocuments(text))).toBe(text);
    }),
  );
});
