import type { StandardClaim } from '@godwit/controller';

const claim = (type: string, status: boolean, message: string): StandardClaim => ({
  type: `ClusterVersion${type}`,
  status: status ? 'True' : 'False',
  reason: 'FromClusterVersion',
  message,
});

/** What upstream's cluster version operator says of the release, in its conditions. */
export const clusterVersionConditions = (version: string, { history }: { history: readonly { state: string }[] }): StandardClaim[] => {
  const done = history[0]?.state === 'Completed';
  const everDone = history.some(({ state }) => state === 'Completed');
  return [
    claim('Available', everDone, everDone ? `Done applying ${version}` : `Not yet applied: ${version}`),
    claim('Progressing', !done, done ? `Cluster version is ${version}` : `Working towards ${version}`),
    claim('Failing', false, 'Nothing has failed'),
    claim('ReleaseAccepted', true, `Payload of version ${version} was read`),
    claim('Upgradeable', true, 'Nothing speaks against an upgrade'),
  ];
};
