import { annotations, HostedCluster } from '@godwit/api';
import { advance, wait } from '@godwit/controller';
import { lettingAllGo, lettingGo, remainsOf } from '../let-go.ts';
import { movePhase, proving } from '../phase.ts';
import { Done, Working } from '../reasons.ts';
import { clusterAt } from '../scope.ts';

/** Row 16: what is left on the source goes, of this hosted cluster and of nothing else; only with its name typed again. */
export const tearDownSource = movePhase({
  name: 'TearDownSource',
  step: 'Finish',
  description: 'Removing what is left of the hosted cluster on the source',
  when: (_scope, { spec }) => spec.confirmTeardown === spec.hostedCluster.name,
  observe: async (scope) => {
    const [cluster, remains] = await Promise.all([clusterAt(scope, 'source'), remainsOf(scope.source, scope.at.source)]);
    return { cluster, remains, now: scope.world.clock.now() };
  },
  decide: ({ cluster, remains, now }, { status }) => {
    const { home, acting, pools } = remains;
    if (cluster === undefined && home === undefined && pools.length === 0) {
      const result = 'nothing of the hosted cluster is left on the source; its snapshot and its fence are';
      return proving(16, [{ name: 'source removed', result }], now, advance(Done({ what: result })));
    }
    if (cluster !== undefined && cluster.metadata.annotations?.[annotations.fence] !== status?.fence)
      return wait(Working({ what: 'The HostedCluster on the source does not carry the fence of this move: it is left alone' }), [], '30s');
    const effects = [
      ...lettingAllGo('source', remains),
      ...(home === undefined && cluster !== undefined ? lettingGo('source', { resource: HostedCluster, object: cluster }) : []),
    ];
    return wait(Working({ what: `Waiting for ${acting.length} objects and the namespace of the control plane to go` }), effects, '2s');
  },
});
