import { createHash, X509Certificate } from 'node:crypto';
import { annotations, ConfigMap, HostedCluster, HostedControlPlane, Service } from '@godwit/api';
import { advance, type Effect, noting, type Verdict, wait } from '@godwit/controller';
import { COMPONENT_LABEL } from '../../control-plane/manifest.ts';
import { ownerOf } from '../../dns/ownership.ts';
import type { DnsRecord } from '../../dns/zone.ts';
import { type Held, HOLD, holdText } from '../../hold.ts';
import { addressIn, handshake, recordsOf } from '../api-answers.ts';
import { movePhase, proving } from '../phase.ts';
import { Done, Working } from '../reasons.ts';
import { type Move, planeAt, type Scope } from '../scope.ts';

/** Writes on one side what must rest, on the cluster and on its control plane. */
export const holding = (scope: Pick<Scope, 'at'>, side: 'source' | 'target', ...held: readonly Held[]): Effect[] => {
  const { namespace, name, home } = scope.at[side];
  const patch = { metadata: { annotations: { [HOLD]: holdText(...held) } } };
  return [
    { do: 'patch', on: side, resource: HostedCluster, name: { namespace, name }, patch },
    { do: 'patch', on: side, resource: HostedControlPlane, name: { namespace: home, name }, patch },
  ];
};

/** Host names under which the services of the control plane are published on one side. */
const namesAt = async (scope: Scope, side: 'source' | 'target'): Promise<string[]> => {
  const { items } = await scope[side].list(Service, { namespace: scope.at[side].home, labelSelector: COMPONENT_LABEL });
  return items.flatMap(({ metadata }) => metadata.annotations?.[annotations.externalDnsHostname] ?? []).toSorted();
};

const describe = (records: ReadonlyMap<string, readonly DnsRecord[]>): string =>
  [...records]
    .map(
      ([name, found]) =>
        `${name} → ${
          found
            .filter(({ type }) => type !== 'TXT')
            .flatMap(({ values }) => values)
            .join(', ') || 'nothing'
        }`,
    )
    .join('; ');

/** Row 7: the names of the hosted cluster lead nowhere, and the source does not raise them again. */
export const dropDns = movePhase({
  name: 'DropDNS',
  step: 'Switch',
  description: 'Taking the host names of the hosted cluster out of DNS',
  deadlineSeconds: 300,
  observe: async (scope) => {
    const names = await namesAt(scope, 'source');
    return { records: await recordsOf(scope, names), effects: holding(scope, 'source', 'dns'), now: scope.world.clock.now() };
  },
  decide: ({ records, effects, now }) => {
    const left = [...records].filter(([, found]) => found.length > 0);
    if (left.length > 0) return wait(Working({ what: `Waiting for the source to take back ${describe(new Map(left))}` }), effects, '1s');
    const result = `${[...records.keys()].join(', ')} lead nowhere`;
    return proving(7, [{ name: 'names dropped', result }], now, advance(Done({ what: result }), effects));
  },
});

const fingerprint = (pem: string): string => createHash('sha256').update(new X509Certificate(pem).raw).digest('hex');

type Downtime = NonNullable<NonNullable<Move['status']>['downtime']>;

/** How long the API was away when it answers now; what was noted before stays. To a tenth of a second: users compare it with what their probes have seen. */
const downtimeUntil = ({ status }: Move, now: Date): Downtime => {
  if (status?.downtime?.ended !== undefined) return status.downtime;
  const started = status?.downtime?.started ?? now.toISOString();
  return { started, ended: now.toISOString(), seconds: Math.max(0, Math.round((now.getTime() - Date.parse(started)) / 100) / 10) };
};

/** The API is away meanwhile, and whoever asks follows the names at once. */
const SOON = '0.2s';

/** Row 12: the names lead here, and who follows them finds the authority that every node trusts. After it there is no way back. */
export const raiseDns = movePhase({
  name: 'RaiseDNS',
  step: 'Switch',
  description: 'Publishing the host names of the hosted cluster at the destination',
  observe: async (scope) => {
    const names = await namesAt(scope, 'target');
    const records = await recordsOf(scope, names);
    const [plane, authority] = await Promise.all([
      planeAt(scope, 'target'),
      scope.target.get(ConfigMap, { namespace: scope.at.target.home, name: 'root-ca' }),
    ]);
    const endpoint = plane?.status?.controlPlaneEndpoint;
    const pem = authority?.data?.['ca.crt'] ?? '';
    const address = endpoint && addressIn(records.get(endpoint.host) ?? []);
    const fault =
      endpoint && address
        ? await handshake({ address, port: endpoint.port, name: endpoint.host, authority: pem })
        : 'it has no address yet';
    const owner = scope.world.settings.managementCluster;
    return { records, owner, endpoint, fault, pem, effects: holding(scope, 'target', 'machines'), now: scope.world.clock.now() };
  },
  decide: ({ records, owner, endpoint, fault, pem, effects, now }, move) => {
    const leadHere = (found: readonly DnsRecord[]): boolean => ownerOf(found) === owner;
    // The other names may take longer; from here on users reach the API.
    const answers = endpoint !== undefined && fault === undefined && leadHere(records.get(endpoint.host) ?? []);
    const downtime = answers ? downtimeUntil(move, now) : undefined;
    const telling = (verdict: Verdict): Verdict => (downtime === undefined ? verdict : noting({ ...verdict.notes, downtime }, verdict));
    if (records.size === 0 || ![...records.values()].every(leadHere))
      return telling(wait(Working({ what: `Waiting for the names to lead here: ${describe(records)}` }), effects, SOON));
    if (fault !== undefined) return wait(Working({ what: `Waiting for ${endpoint?.host} to answer: ${fault}` }), effects, SOON);
    const said = Done({ what: `The API answers at ${endpoint?.host} again, after ${downtime?.seconds} s` });
    const evidence = { name: 'names raised', result: describe(records), hashes: { authority: fingerprint(pem) } };
    return telling(proving(12, [evidence], now, advance(said, effects)));
  },
});
