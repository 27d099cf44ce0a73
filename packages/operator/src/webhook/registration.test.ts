import { crd, HostedCluster, NodePool } from '@godwit/api';
import { expect, test } from 'vitest';
import { CONVERTED } from './conversion-controller.ts';
import { clientConfigOf, hostsOf, registration, type WebhookAddress } from './registration.ts';

const authority = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
const outside: WebhookAddress = { host: '10.7.0.1', port: 9443 };
const inside: WebhookAddress = { service: { namespace: 'hypershift', name: 'operator', port: 443 } };
const installed = () => ({ ...crd(NodePool), metadata: { ...crd(NodePool).metadata, resourceVersion: '7' } });

/** The definition after a merge patch of the parts that a registration has. */
const registered = (address: WebhookAddress) => {
  const before = installed();
  const patch = registration(before, clientConfigOf(address, authority)) as { spec: object };
  return { ...before, spec: { ...before.spec, ...patch.spec } };
};

test('the definitions with an earlier version are those of clusters, control planes and pools', () => {
  expect([...CONVERTED].sort()).toEqual([
    'hostedclusters.hypershift.openshift.io',
    'hostedcontrolplanes.hypershift.openshift.io',
    'nodepools.hypershift.openshift.io',
  ]);
});

test('as it is installed, a definition serves no version that nobody converts', () => {
  const versions = crd(HostedCluster).spec.versions.map(({ name, served, storage }) => ({ name, served, storage }));
  expect(versions).toEqual([
    { name: 'v1beta1', served: true, storage: true },
    { name: 'v1alpha1', served: false, storage: false },
  ]);
});

test.each<[string, WebhookAddress, object]>([
  ['a URL outside of pods', outside, { url: 'https://10.7.0.1:9443/convert', service: null }],
  ['a URL with brackets for IPv6', { host: 'fd00::1', port: 9443 }, { url: 'https://[fd00::1]:9443/convert', service: null }],
  ['a Service inside of pods', inside, { url: null, service: { namespace: 'hypershift', name: 'operator', port: 443, path: '/convert' } }],
])('the webhook is reached by %s', (_title, address, target) => {
  const patch = registration(installed(), clientConfigOf(address, authority));
  expect(patch).toMatchObject({
    metadata: { resourceVersion: '7' },
    spec: {
      conversion: { strategy: 'Webhook', webhook: { conversionReviewVersions: ['v1'], clientConfig: target } },
      versions: [
        { name: 'v1beta1', served: true, storage: true },
        { name: 'v1alpha1', served: true, storage: false },
      ],
    },
  });
});

test('a definition that converts by the webhook already is left alone', () => {
  expect(registration(registered(outside), clientConfigOf(outside, authority))).toBeUndefined();
});

test.each<[string, WebhookAddress, string]>([
  ['another address', { host: '10.7.0.1', port: 9444 }, authority],
  ['a Service instead', inside, authority],
  ['another authority', outside, 'b'],
])('a definition is pointed at %s', (_title, address, trusted) => {
  expect(registration(registered(outside), clientConfigOf(address, trusted))).toBeDefined();
});

test('the certificate holds for what the address names', () => {
  expect(hostsOf(outside)).toEqual(['10.7.0.1']);
  expect(hostsOf(inside)).toEqual(['operator.hypershift.svc']);
});
