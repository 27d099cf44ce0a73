import type { MigPlan } from '@godwit/api';
import { describe, expect, test } from 'vitest';
import { judgeAll } from '../../shared/check.ts';
import { aCluster, aPlan, bothClusters, planFacts } from '../facts.fixture.ts';
import type { PlanFacts } from '../facts.ts';
import { planChecks } from './order.ts';

const found = (facts: PlanFacts): string[] =>
  judgeAll(planChecks, facts).claims.map(({ type, reason = '', category, items }) =>
    [category, type, reason, items === undefined ? '' : `[${items.join()}]`].filter(Boolean).join(' '),
  );

const withSpec = (spec: Partial<MigPlan['spec']>, more: Partial<PlanFacts> = {}): PlanFacts => planFacts({ plan: aPlan(spec), ...more });

const source = (view: Parameters<typeof bothClusters>[0]): PlanFacts => planFacts({ clusters: bothClusters(view) });

const aPod = (more: object = {}) => ({ namespace: 'shop', name: 'web-1', nodeSelector: {}, unhealthy: false, owner: 'web', ...more });

test('a plan in order has nothing to say', () => {
  expect(found(planFacts())).toEqual([]);
});

describe('clusters and storage', () => {
  test.each<[string, PlanFacts, string[]]>([
    ['no source named', planFacts({ source: { state: 'not-set' } }), ['Critical InvalidSourceClusterRef NotSet']],
    ['a source that does not exist', planFacts({ source: { state: 'not-found' } }), ['Critical InvalidSourceClusterRef NotFound']],
    ['a source that is not ready', planFacts({ source: aCluster('source', { ready: false }) }), ['Critical SourceClusterNotReady']],
    ['no destination named', planFacts({ destination: { state: 'not-set' } }), ['Critical InvalidDestinationClusterRef NotSet']],
    [
      'a destination that is not ready',
      planFacts({ destination: aCluster('host', { ready: false }) }),
      ['Critical DestinationClusterNotReady'],
    ],
    ['no storage named', planFacts({ storage: { state: 'not-set' } }), ['Critical InvalidStorageRef NotSet']],
    ['a storage that does not exist', planFacts({ storage: { state: 'not-found' } }), ['Critical InvalidStorageRef NotFound']],
    [
      'a storage that is not ready',
      planFacts({ storage: { state: 'found', ready: false, object: { metadata: {} } } }),
      ['Critical StorageNotReady'],
    ],
    [
      'image streams and no registries',
      source({ source: { hasImageStreams: true } }),
      [
        'Critical SourceClusterNoRegistryPath NotSet',
        'Critical DestinationClusterNoRegistryPath NotSet',
        'Warn ImageStreamsLeftBehind NotSupported',
      ],
    ],
    ['one cluster under two names', source({ same: true }), ['Critical SourceAndDestinationSameCluster NotDistinct']],
    ['no Velero kinds on the source', source({ source: { servesVelero: false } }), ['Critical VeleroNotInstalledSourceCluster NotFound']],
    [
      'no Velero kinds on the destination',
      source({ destination: { servesVelero: false } }),
      ['Critical VeleroNotInstalledDestinationCluster NotFound'],
    ],
  ])('%s', (_title, facts, expected) => {
    expect(found(facts)).toEqual(expected);
  });

  test('image streams with registries on both sides are no fault', () => {
    const status = { registryPath: 'registry:5000' };
    expect(
      found(
        planFacts({
          clusters: bothClusters({ source: { hasImageStreams: true } }),
          source: aCluster('source', { status }),
          destination: aCluster('host', { status }),
        }),
      ),
    ).toEqual(['Warn ImageStreamsLeftBehind NotSupported']);
  });

  test('one cluster is no fault when every namespace gets another name', () => {
    expect(found(withSpec({ namespaces: ['shop:shop-copy'] }, { clusters: bothClusters({ same: true }), intraCluster: true }))).toEqual([
      'Advisory MigrationTypeIdentified StateMigrationPlan',
    ]);
  });

  test('a conversion names one MigCluster twice and needs no storage', () => {
    const itself = { namespace: 'openshift-migration', name: 'host' };
    const facts = withSpec(
      { srcMigClusterRef: itself, destMigClusterRef: itself },
      { intraCluster: true, type: 'StorageConversionPlan', storage: { state: 'not-set' }, clusters: bothClusters({ same: true }) },
    );
    expect(found(facts)).toEqual(['Advisory MigrationTypeIdentified StorageConversionPlan']);
  });
});

describe('namespaces', () => {
  const elsewhere = aPlan({}, { name: 'other', uid: 'other-uid' });
  test.each<[string, PlanFacts, string[]]>([
    ['none', withSpec({ namespaces: [] }), ['Critical NamespaceListEmpty NotFound']],
    [
      'more than the limit',
      withSpec({ namespaces: Array(11).fill('shop') }),
      [
        'Critical NamespaceLimitExceeded LimitExceeded',
        'Critical DuplicateNamespaceOnSourceCluster DuplicateNamespaces [shop]',
        'Critical DuplicateNamespaceOnDestinationCluster DuplicateNamespaces [shop]',
      ],
    ],
    [
      'one that the source does not have',
      withSpec({ namespaces: ['shop', 'gone'] }),
      ['Critical NamespaceNotFoundOnSourceCluster NotFound [gone]'],
    ],
    [
      'two that go to one',
      withSpec(
        { namespaces: ['shop:one', 'a:one'] },
        {
          clusters: bothClusters({
            source: {
              existing: [
                { name: 'shop', annotations: {} },
                { name: 'a', annotations: {} },
              ],
            },
          }),
        },
      ),
      ['Critical DuplicateNamespaceOnDestinationCluster DuplicateNamespaces [one]'],
    ],
    [
      'a destination name with capitals',
      withSpec({ namespaces: ['shop:Shop'] }),
      ['Critical NamespaceNotDNSCompliant NotDNSCompliant [Shop]'],
    ],
    [
      'a destination name too long for a route',
      withSpec({ namespaces: [`shop:${'a'.repeat(60)}`] }),
      [`Warn NamespaceLengthExceeded LengthExceeded [${'a'.repeat(60)}]`],
    ],
    ['a destination that direct migration creates', planFacts(), []],
    [
      'a destination that nobody creates',
      withSpec({ indirectVolumeMigration: true }),
      ['Advisory MigrationTypeIdentified NamespaceMigrationPlan', 'Critical NamespaceNotFoundOnDestinationCluster NotFound [shop]'],
    ],
    ['another open plan for the same', planFacts({ others: [elsewhere] }), ['Error PlanConflict Conflict [other]']],
    ['another plan for other namespaces', planFacts({ others: [aPlan({ namespaces: ['blog'] }, { name: 'other' })] }), []],
    [
      'another plan on other clusters',
      planFacts({ others: [aPlan({ srcMigClusterRef: { name: 'x' }, destMigClusterRef: { name: 'y' } }, { name: 'other' })] }),
      [],
    ],
    [
      'a destination with an object of the same name',
      source({ destination: { foreign: [{ namespace: 'shop', kind: 'ConfigMap', name: 'settings', clash: true }] } }),
      ['Critical NamespaceNotEmptyOnDestinationCluster Conflict [ConfigMap shop/settings]'],
    ],
    [
      'a destination with other objects',
      source({ destination: { foreign: [{ namespace: 'shop', kind: 'ConfigMap', name: 'theirs', clash: false }] } }),
      ['Warn NamespaceNotEmptyOnDestinationCluster NotEmpty [shop]'],
    ],
  ])('%s', (_title, facts, expected) => {
    expect(found(facts)).toEqual(expected);
  });

  test('the shared cluster of two plans may play different roles in them', () => {
    const reversed = aPlan(
      { srcMigClusterRef: { namespace: 'openshift-migration', name: 'host' }, destMigClusterRef: { name: 'third' } },
      { name: 'back' },
    );
    expect(found(planFacts({ others: [reversed] }))).toEqual(['Error PlanConflict Conflict [back]']);
  });

  test('inside one cluster security ranges that differ are a warning', () => {
    const ranges = (range: string) => ({ 'openshift.io/sa.scc.uid-range': range });
    const clusters = bothClusters({
      same: true,
      source: { existing: [{ name: 'shop', annotations: ranges('1/10') }] },
      destination: { existing: [{ name: 'copy', annotations: ranges('2/10') }] },
    });
    expect(found(withSpec({ namespaces: ['shop:copy'] }, { intraCluster: true, clusters }))).toContain(
      'Warn IntraClusterMigration ConflictingPermissions [copy]',
    );
  });
});

describe('pods and claims', () => {
  test.each<[string, PlanFacts, string[]]>([
    ['more pods than the limit', source({ source: { pods: Array(101).fill(aPod()) } }), ['Warn PodLimitExceeded LimitExceeded']],
    [
      'M22 only a selector that every cluster has',
      source({ source: { pods: [aPod({ nodeSelector: { 'node-role.kubernetes.io/compute': 'true' } })] } }),
      [],
    ],
    [
      'M22 a selector of its own beside it',
      source({ source: { pods: [aPod({ nodeSelector: { 'node-role.kubernetes.io/compute': 'true', 'my-custom-role': 'a' } })] } }),
      ['Warn NamespacesHaveNodeSelectors NodeSelectorsDetected [shop]'],
    ],
    [
      'pods that are not healthy',
      source({ source: { pods: [aPod({ unhealthy: true })] } }),
      ['Warn SourcePodsNotHealthy NotHealthy [shop]'],
    ],
    [
      'a claim without a volume that a pod waits for',
      source({ source: { unboundClaims: [{ namespace: 'shop', name: 'db', phase: 'Pending', mounted: true }] } }),
      ['Critical PvcNotBound NotReady [shop/db (Pending)]'],
    ],
    [
      'a claim without a volume that nobody uses',
      source({ source: { unboundClaims: [{ namespace: 'shop', name: 'db', phase: 'Pending', mounted: false }] } }),
      ['Warn PvcNotBound NotReady [shop/db (Pending)]'],
    ],
  ])('%s', (_title, facts, expected) => {
    expect(found(facts)).toEqual(expected);
  });
});

describe('hooks', () => {
  const hook = { reference: { namespace: 'n', name: 'dump' }, phase: 'PreBackup', executionNamespace: 'shop', serviceAccount: 'default' };
  const ready: PlanFacts['hooks'][number] = { state: 'found', ready: true, object: { metadata: {} } as never };
  test.each<[string, PlanFacts, string[]]>([
    ['one in order', withSpec({ hooks: [hook] }, { hooks: [ready] }), []],
    [
      'one that does not exist',
      withSpec({ hooks: [hook] }, { hooks: [{ state: 'not-found' }] }),
      ['Critical InvalidHookRef NotFound [n/dump]'],
    ],
    ['one that is not ready', withSpec({ hooks: [hook] }, { hooks: [{ ...ready, ready: false }] }), ['Critical HookNotReady [n/dump]']],
    [
      'no account and no namespace',
      withSpec({ hooks: [{ ...hook, serviceAccount: '', executionNamespace: 'A' }] }, { hooks: [ready] }),
      ['Critical InvalidHookSAName NotSet [n/dump]', 'Critical InvalidHookNSName NotSet [n/dump]'],
    ],
    ['an unknown phase', withSpec({ hooks: [{ ...hook, phase: 'Never' }] }, { hooks: [ready] }), ['Critical HookPhaseUnknown [n/dump]']],
    ['two of one phase', withSpec({ hooks: [hook, hook] }, { hooks: [ready, ready] }), ['Critical HookPhaseDuplicate [n/dump]']],
  ])('%s', (_title, facts, expected) => {
    expect(found(facts)).toEqual(expected);
  });
});

describe('kinds and versions', () => {
  const widgets = { namespace: 'shop', group: 'example.com', version: 'v1', kind: 'Widget', plural: 'widgets' };
  const version = (operatorVersion: string) => ({ status: { operatorVersion } });
  test.each<[string, PlanFacts, string[]]>([
    [
      'a kind to include that the source lacks',
      withSpec({
        includedResources: [
          { group: 'apps', kind: 'Deployment' },
          { group: 'x', kind: 'Y' },
        ],
      }),
      ['Critical InvalidResourceList [x/Y]'],
    ],
    ['a kind that the destination lacks', source({ incompatible: [widgets] }), ['Warn GVKsIncompatible [Widget.v1.example.com in shop]']],
    [
      'operators of two versions',
      planFacts({ source: aCluster('source', version('1.8.0')), destination: aCluster('host', version('1.8.1')) }),
      ['Warn ClusterVersionMismatch Conflict'],
    ],
    ['operators of one version', planFacts({ source: aCluster('source', version('1.8.0')), hostOperatorVersion: '1.8.0' }), []],
  ])('%s', (_title, facts, expected) => {
    expect(found(facts)).toEqual(expected);
  });
});

describe('virtual machines', () => {
  const gates = ['VMLiveUpdateFeatures', 'VolumeMigration', 'VolumesUpdateStrategy'];
  const fine = { version: '1.4.3', strategy: 'LiveUpdate', gates };
  test.each([
    ['M20 no installation', [], ['Advisory KubeVirtNotInstalledSourceCluster NotFound']],
    ['M20 two installations', [fine, fine], ['Advisory KubeVirtNotInstalledSourceCluster NotFound']],
    ['M20 a version that is none', [{ ...fine, version: 'a.b.c' }], ['Warn KubeVirtVersionNotSupported NotSupported']],
    ['M20 a version too old', [{ ...fine, version: '0.4.3' }], ['Warn KubeVirtVersionNotSupported NotSupported']],
    ['M20 all gates open', [fine], []],
    ['a version with a suffix', [{ ...fine, version: 'v1.4.3-rc.1' }], []],
    ['M20 a gate missing', [{ ...fine, gates: gates.slice(1) }], ['Warn KubeVirtStorageLiveMigrationNotEnabled NotSupported']],
    ['that gate does not matter later', [{ ...fine, version: '1.5.0', gates: gates.slice(1) }], []],
    ['another way to roll out', [{ ...fine, strategy: 'Stage' }], ['Warn KubeVirtStorageLiveMigrationNotEnabled NotSupported']],
  ])('%s', (_title, kubeVirts, expected) => {
    expect(found(withSpec({ liveMigrate: true }, { clusters: bothClusters({ source: { kubeVirts } }) }))).toEqual(expected);
  });
  test('M20 a plan that does not move them live has nothing to say', () => {
    expect(found(withSpec({ liveMigrate: false }))).toEqual([]);
  });
});

test('while a cluster cannot be asked, what was said about it stays', () => {
  const { unjudged } = judgeAll(planChecks, planFacts({ clusters: undefined, source: aCluster('source', { ready: false }) }));
  expect(unjudged).toEqual(expect.arrayContaining(['NamespaceNotFoundOnSourceCluster', 'PvcNotBound', 'GVKsIncompatible']));
  expect(unjudged).not.toContain('SourceClusterNotReady');
});

test('every message of a fault names what is wrong or what to do', () => {
  const faulty = planFacts({ source: { state: 'not-found' }, storage: { state: 'not-set' } });
  for (const { message } of judgeAll(planChecks, faulty).claims) expect(message).toMatch(/\. .+\.$|: .+\./);
});
