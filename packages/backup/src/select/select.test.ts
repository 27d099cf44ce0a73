import type { KubeObject, ServedResource } from '@godwit/kube';
import { describe, expect, test } from 'vitest';
import { globProblem, matchesGlob } from './glob.ts';
import { matchesSelector, selectorText } from './label-selector.ts';
import { namespaceFilter } from './namespace-filter.ts';
import { resolveResources, resourceFilter } from './resource-names.ts';
import { restoreFilter } from './restore-filter.ts';
import { restoresStatus } from './restore-status.ts';

const served = (plural: string, group = '', shortNames: string[] = [], scope: 'Namespaced' | 'Cluster' = 'Namespaced'): ServedResource => ({
  group,
  version: 'v1',
  kind: plural.replace(/s$/, ''),
  plural,
  singular: plural.replace(/s$/, ''),
  shortNames,
  scope,
  verbs: ['list', 'create', 'get', 'delete'],
  subresources: [],
  preferred: true,
});
const all = [
  served('events', 'events.k8s.io'),
  served('pods', '', ['po']),
  served('persistentvolumes', '', ['pv'], 'Cluster'),
  served('deployments', 'apps', ['deploy']),
  served('events', '', ['ev']),
];

describe('glob', () => {
  test.each([
    ['a*', 'abc', true],
    ['a*', 'ba', false],
    ['a?c', 'abc', true],
    ['a.c', 'abc', false],
    ['a.*', 'a.b', true],
    ['a.*', 'axb', false],
    ['ns-[12]', 'ns-2', true],
    ['ns-[12]', 'ns-3', false],
    ['plain', 'plain', true],
  ])('%s on %s: %s', (pattern, name, matches) => expect(matchesGlob(pattern, name)).toBe(matches));

  test.each(['a**', 'a|b', 'a{b}', 'a[]', 'a[b', 'a]b', 'a(b)', '!a', 'a,b'])('%s is refused', (pattern) =>
    expect(globProblem(pattern)).toBeDefined(),
  );
  test.each(['a*', '?b', '[ab]c', 'plain'])('%s is taken', (pattern) => expect(globProblem(pattern)).toBeUndefined());
});

describe('namespaces', () => {
  const existing = ['ns-1', 'ns-2', 'other'];
  test.each([
    ['no lists', [], [], undefined, true],
    ['a star', ['*'], [], undefined, true],
    ['an exclude', [], ['ns-1'], undefined, false],
    ['names, also missing ones', ['ns-1', 'missing'], [], ['missing', 'ns-1'], false],
    ['a pattern', ['ns-*'], [], ['ns-1', 'ns-2'], false],
    ['a pattern that matches nothing', ['no*'], [], [], false],
    ['an excluded pattern', ['*-1', 'other'], ['ns-*'], ['other'], false],
  ])('%s', (_title, includes, excludes, names, everything) => {
    expect(namespaceFilter(includes, excludes, existing)).toMatchObject({ names, everything });
  });

  test('an exclude pattern counts where everything is included', () => {
    const filter = namespaceFilter(['*'], ['ns-*'], existing);
    expect(existing.filter(filter.passes)).toEqual(['other']);
  });
});

describe('resource names', () => {
  test.each([
    ['po', ['pods']],
    ['PODS', ['pods']],
    ['pod', ['pods']],
    ['deploy', ['deployments.apps']],
    ['deployments.apps', ['deployments.apps']],
    ['events', ['events']],
    ['events.events.k8s.io', ['events.events.k8s.io']],
    ['unknown', []],
  ])('%s is %j', (name, resolved) => expect(resolveResources([name], all)).toEqual(resolved));

  test('a list of unknown names includes nothing', () => expect(['pods', 'events'].filter(resourceFilter(['x'], [], all))).toEqual([]));
  test('unknown excludes exclude nothing', () => expect(resourceFilter([], ['x'], all)('pods')).toBe(true));
});

describe('labels', () => {
  const labels = { a: 'b', tier: 'web' };
  test.each([
    [{ matchLabels: { a: 'b' } }, 'a=b', true],
    [{ matchLabels: { a: 'c' } }, 'a=c', false],
    [{ matchExpressions: [{ key: 'tier', operator: 'In', values: ['web', 'db'] }] }, 'tier in (web,db)', true],
    [{ matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['web'] }] }, 'tier notin (web)', false],
    [{ matchExpressions: [{ key: 'none', operator: 'NotIn', values: ['web'] }] }, 'none notin (web)', true],
    [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }, 'a', true],
    [{ matchExpressions: [{ key: 'a', operator: 'DoesNotExist' }] }, '!a', false],
    [{}, '', true],
  ])('%j is %j', (selector, text, matches) => {
    expect(selectorText(selector)).toBe(text);
    expect(matchesSelector(selector, labels)).toBe(matches);
  });
});

describe('restore', () => {
  const entries = [
    { resource: 'pods', namespace: 'ns-1', name: 'pod-1' },
    { resource: 'pods', namespace: 'ns-2', name: 'pod-2' },
    { resource: 'persistentvolumes', namespace: '', name: 'pv-1' },
    { resource: 'namespaces', namespace: '', name: 'ns-1' },
    { resource: 'nodes', namespace: '', name: 'node-1' },
  ];
  const taken = (spec: Parameters<typeof restoreFilter>[0]) =>
    entries.filter(restoreFilter(spec, entries, all).takes).map(({ name }) => name);

  test.each([
    ['R1 everything but what is never restored', {}, ['pod-1', 'pod-2', 'pv-1', 'ns-1']],
    ['R1 a short name in the excludes', { excludedResources: ['pv'] }, ['pod-1', 'pod-2', 'ns-1']],
    ['R1 one resource', { includedResources: ['pods'] }, ['pod-1', 'pod-2']],
    ['R2 one namespace, cluster resources unset', { includedNamespaces: ['ns-1'] }, ['pod-1', 'ns-1']],
    ['R2 one namespace, cluster resources false', { includedNamespaces: ['ns-1'], includeClusterResources: false }, ['pod-1', 'ns-1']],
    [
      'R2 one namespace, cluster resources true',
      { includedNamespaces: ['ns-1'], includeClusterResources: true },
      ['pod-1', 'pv-1', 'ns-1'],
    ],
    ['R1 a pattern of namespaces', { includedNamespaces: ['*-2'] }, ['pod-2']],
    ['R1 an excluded namespace', { excludedNamespaces: ['ns-1'] }, ['pod-2']],
  ])('%s', (_title, spec, names) => expect(taken(spec)).toEqual(names));

  const annotated = (value?: string): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', ...(value !== undefined && { annotations: { 'velero.io/restore-status': value } }) },
  });
  test.each([
    ['the spec includes it', undefined, { includedResources: ['pods'] }, true],
    ['the spec excludes it', undefined, { includedResources: ['*'], excludedResources: ['pods'] }, false],
    ['the annotation says so', 'True', { includedResources: ['*'], excludedResources: ['pods'] }, true],
    ['the annotation says no', 'FALSE', { includedResources: ['pods'] }, false],
    ['the annotation says something else', 'foo', { includedResources: ['pods'] }, true],
    ['the annotation is empty', '', { includedResources: ['pods'] }, true],
    ['only the annotation speaks', 'true', undefined, true],
    ['nobody speaks', undefined, undefined, false],
  ])('R35 status when %s', (_title, annotation, spec, restored) =>
    expect(restoresStatus(annotated(annotation), 'pods', spec, all)).toBe(restored),
  );
});
