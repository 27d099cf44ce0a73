import { expect, test } from 'vitest';
import { parseDeploymentId } from './deployment-id.ts';

const SUM = `ed4ab${'0'.repeat(55)}519c`;

test.each([[`rhcos-${SUM}.1`], [`4.15.0-0.nightly-2023-12-04-223539-${SUM}.1`]])('T19 %s', (id) => {
  expect(parseDeploymentId(id)).toEqual({ checksum: SUM, serial: 1, folder: `${SUM}.1` });
});

test.each([
  [`${SUM}.1`, `failed to get deployment from deploymentID, there should be a '-' in deploymentID ${SUM}.1`],
  ['rhcos-../../etc.1', "names no commit and serial after its last '-'"],
  [`rhcos-${SUM}`, "names no commit and serial after its last '-'"],
])('%s is refused', (id, message) => {
  expect(() => parseDeploymentId(id)).toThrow(message);
});
