import { ConfigMap, HostedControlPlane, Secret } from '@godwit/api';
import { type Controller, carryOut, type Effect, issueCertificate, type KeyPair, keyOf, nameOf } from '@godwit/controller';
import { AUTHORITY_KEYS } from '../control-plane/pki/authorities.ts';
import { judgeCertificate } from '../control-plane/pki/judge-certificate.ts';
import { dataOf, pairIn, textOf } from '../control-plane/pki/secret-data.ts';
import { publishedAt } from '../control-plane/publish/endpoint.ts';
import { publishingOf, readControlPlane } from '../control-plane/read-control-plane.ts';
import { pauseOf } from '../hosted-cluster/pause/paused-until.ts';
import { components, copies } from '../names.ts';
import type { World } from '../world.ts';
import { coreConfigs } from './core/documents.ts';
import { IGNITION_PORT, publishIgnition } from './publish.ts';
import type { Certificates } from './server.ts';

const FIELD_MANAGER = 'godwit-ignition';
const DAYS = 365;
const RENEWAL_DAYS = 30;
const KEYS = { certificate: 'tls.crt', key: 'tls.key' } as const;

const writing = (namespace: string, pair: KeyPair): Effect => ({
  do: 'apply',
  on: 'management',
  resource: Secret,
  object: {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace, name: components.ignition },
    type: 'kubernetes.io/tls',
    data: dataOf({ [KEYS.certificate]: pair.certificate, [KEYS.key]: pair.key }),
  },
});

/** The certificate that machines find under this name: the stored one while it holds, else a new one. */
const certificateFor = async (
  stored: KeyPair | undefined,
  authority: KeyPair,
  host: string,
  now: Date,
): Promise<{ pair: KeyPair; isNew: boolean }> => {
  const fault = judgeCertificate(stored, { authority: authority.certificate, hosts: [host], now, renewalDays: RENEWAL_DAYS });
  if (stored !== undefined && fault === undefined) return { pair: stored, isNew: false };
  return { pair: await issueCertificate(authority, { commonName: host, hosts: [host], usage: 'server', days: DAYS }), isNew: true };
};

/** What one control plane's part in the Ignition server is made from; undefined: not yet. */
const readParts = async ({ management, releases }: World, controlPlane: HostedControlPlane) => {
  const { namespace } = controlPlane.metadata;
  const [authority, stored, pull, sshKey, trust] = await Promise.all([
    management.get(Secret, { namespace, name: 'root-ca' }),
    management.get(Secret, { namespace, name: components.ignition }),
    management.get(Secret, { namespace, name: copies.pullSecret }),
    management.get(Secret, { namespace, name: copies.sshKey }),
    management.get(ConfigMap, { namespace, name: copies.trustBundle }),
  ]);
  const pair = authority && pairIn(textOf(authority), AUTHORITY_KEYS);
  const pullSecret = pull && textOf(pull)['.dockerconfigjson'];
  const bundle = trust?.data?.['ca-bundle.crt'];
  if (pair === undefined) return undefined;
  const access = { ...(pullSecret === undefined ? {} : { pullSecret }), ...(bundle === undefined ? {} : { trust: bundle }) };
  const { images } = await releases.read(controlPlane.spec.releaseImage, access);
  return { authority: pair, stored: stored && pairIn(textOf(stored), KEYS), sshKey, proxyImage: images['haproxy-router'] };
};

/** Gives a control plane its place in the Ignition server: certificate, Service, and the core configuration of its nodes. */
const serve = async (world: World, controlPlane: HostedControlPlane, certificates: Certificates): Promise<void> => {
  const { settings, clock, management } = world;
  const plane = readControlPlane(controlPlane);
  const publishing = publishingOf(controlPlane.spec.services, 'Ignition');
  const host = publishedAt(publishing, IGNITION_PORT, components.ignition, undefined).endpoint?.host;
  const endpoint = controlPlane.status?.controlPlaneEndpoint;
  if (settings.ignition === undefined || host === undefined || endpoint === undefined) return;
  const parts = await readParts(world, controlPlane);
  if (parts?.proxyImage === undefined) return;
  const { pair, isNew } = await certificateFor(parts.stored, parts.authority, host, clock.now());
  certificates.set(host, pair);
  const configs = coreConfigs({ controlPlane, endpoint, proxyImage: parts.proxyImage, sshKey: parts.sshKey });
  const effects: Effect[] = [
    ...(isNew ? [writing(plane.namespace, pair)] : []),
    ...publishIgnition({ namespace: plane.namespace, owner: plane.owner, publishing, server: settings.ignition }),
    ...configs.map((object): Effect => ({ do: 'apply', on: 'management', resource: ConfigMap, object })),
  ];
  await carryOut(effects, { management }, { fieldManager: FIELD_MANAGER });
};

/** Keeps the Ignition server's part of every control plane; a paused one keeps what it has. */
export const ignitionController = (world: World, certificates: Certificates): Controller => ({
  name: 'ignition',
  sources: [{ client: world.management, resource: HostedControlPlane, keys: (controlPlane) => [keyOf(controlPlane)] }],
  reconcile: async (key) => {
    const controlPlane = await world.management.get(HostedControlPlane, nameOf(key));
    if (controlPlane === undefined || controlPlane.metadata.deletionTimestamp !== undefined) return undefined;
    if (pauseOf(controlPlane.spec.pausedUntil, world.clock.now()).paused) return undefined;
    await serve(world, controlPlane, certificates);
    return { after: '60m' };
  },
});
