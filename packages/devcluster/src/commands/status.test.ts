import { expect, test } from 'vitest';
import type { NodeRecord } from '../ostree/node/record.ts';
import { nodeLines } from './status.ts';

const node: NodeRecord = {
  id: 'sno',
  index: 1,
  address: '10.200.210.1',
  networkNamespace: 'gw.dev.node-1',
  cgroup: 'gw.dev.node-1',
  installed: true,
  power: 'on',
  boots: 2,
  stateroot: 'rhcos_4.20.1',
  process: { pid: 42, startTime: '7' },
};

test.each([
  ['runs', node, true, '  node sno\t10.200.210.1\trunning, process 42, boot 2 of rhcos_4.20.1'],
  ['is off', node, false, '  node sno\t10.200.210.1\toff, boot 2 of rhcos_4.20.1'],
  ['has no release yet', { ...node, installed: false, stateroot: undefined }, false, '  node sno\t10.200.210.1\tnot installed'],
])('the line of a node that %s', (_title, record, on, wanted) => {
  expect(nodeLines([record as NodeRecord], () => on)).toEqual([wanted]);
});
