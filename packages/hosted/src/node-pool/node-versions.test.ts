import { expect, test } from 'vitest';
import { nodeVersions } from './node-versions.ts';

const node = (releaseVersion: string, kubeletVersion: string, ready = true) => ({ releaseVersion, kubeletVersion, ready });

test.each([
  ['a pool without machines has none', [], undefined],
  [
    'healthy nodes of one version are one entry',
    [node('4.18.12', 'v1.31.4'), node('4.18.12', 'v1.31.4'), node('4.18.12', 'v1.31.4')],
    [{ ocpVersion: '4.18.12', kubeletVersion: 'v1.31.4', readyNodeCount: 3, unreadyNodeCount: 0 }],
  ],
  [
    'two versions are two entries',
    [node('4.19.1', 'v1.32.1'), node('4.18.12', 'v1.31.4'), node('4.18.12', 'v1.31.4')],
    [
      { ocpVersion: '4.18.12', kubeletVersion: 'v1.31.4', readyNodeCount: 2, unreadyNodeCount: 0 },
      { ocpVersion: '4.19.1', kubeletVersion: 'v1.32.1', readyNodeCount: 1, unreadyNodeCount: 0 },
    ],
  ],
  [
    'a node that is not ready is counted apart',
    [node('4.18.12', 'v1.31.4', false)],
    [{ ocpVersion: '4.18.12', kubeletVersion: 'v1.31.4', readyNodeCount: 0, unreadyNodeCount: 1 }],
  ],
])('versions of nodes: %s (T57)', (_title, nodes, versions) => {
  expect(nodeVersions(nodes)).toEqual(versions);
});
