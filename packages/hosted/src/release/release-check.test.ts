import { expect, test } from 'vitest';
import { releaseProblem } from './release-check.ts';

const check = (current: string | undefined, next: string, latest: string, minimum: string, networkType = 'Other', platformType = 'None') =>
  releaseProblem({ current, next, supported: { latest, minimum }, networkType, platformType });

test.each([
  ['older than 4.8', '4.8.0', '4.7.0', '4.12.0', '4.13.0', 'Other', 'releases before 4.8'],
  ['newer than the latest', '4.15.0', '4.23.0', '4.22.0', '4.14.0', 'Other', 'the latest version supported is: "4.22.0"'],
  ['a downgrade', '4.10.0', '4.9.0', '4.12.0', '4.10.0', 'Other', 'y-stream downgrade from "4.10.0" to "4.9.0"'],
  ['an upgrade with OpenShiftSDN', '4.10.0', '4.11.0', '4.12.0', '4.10.0', 'OpenShiftSDN', 'is not for OpenShiftSDN'],
  ['too far ahead', '4.12.0', '4.14.0', '4.12.0', '4.10.0', 'Other', 'the latest version supported is: "4.12.0"'],
  ['below the minimum', '4.9.0', '4.9.0', '4.12.0', '4.10.0', 'Other', 'the minimum version supported for platform None is: "4.10.0"'],
  ['an install with OpenShiftSDN', undefined, '4.11.5', '4.12.0', '4.10.0', 'OpenShiftSDN', 'cannot use OpenShiftSDN'],
  ['an install with OVN before its time', undefined, '4.10.5', '4.12.0', '4.10.0', 'OVNKubernetes', 'cannot use OVNKubernetes'],
  ['no version', undefined, 'latest', '4.12.0', '4.10.0', 'Other', '"latest" is not a version'],
])('T16 a release is refused: %s', (_title, current, next, latest, minimum, network, problem) => {
  expect(check(current, next, latest, minimum, network)).toContain(problem);
});

test.each([
  ['a patch', '4.11.0', '4.11.1', '4.12.0', '4.10.0', 'Other', 'None'],
  ['the next minor', '4.9.0', '4.10.0', '4.12.0', '4.10.0', 'Other', 'None'],
  ['a nightly of the next minor', '4.9.0', '4.10.0-nightly-something', '4.12.0', '4.10.0', 'Other', 'None'],
  ['an install with OpenShiftSDN in its time', undefined, '4.10.3', '4.12.0', '4.10.0', 'OpenShiftSDN', 'None'],
  ['an install with OVN', undefined, '4.11.1', '4.12.0', '4.10.0', 'OVNKubernetes', 'None'],
  ['OpenShiftSDN on PowerVS', undefined, '4.11.0', '4.12.0', '4.10.0', 'OpenShiftSDN', 'PowerVS'],
  ['over the major line', '4.22.0', '5.0.0', '5.0.0', '4.14.0', 'Other', 'None'],
  ['by the other name of the major line', '4.22.0', '4.23.0', '5.0.0', '4.14.0', 'Other', 'None'],
])('T16 a release may be used: %s', (_title, current, next, latest, minimum, network, platform) => {
  expect(check(current, next, latest, minimum, network, platform)).toBeUndefined();
});
