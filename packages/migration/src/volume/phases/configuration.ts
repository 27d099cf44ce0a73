import { randomBytes } from 'node:crypto';
import { type DirectVolumeMigration, labels, Namespace, Secret } from '@godwit/api';
import { advance, createAuthority, issueCertificate } from '@godwit/controller';
import { passwordSecretName } from '../names.ts';
import { STEP, volumePhase } from '../phase.ts';
import { Configured } from '../reasons.ts';
import type { Scope } from '../scope.ts';
import { type Certificates, rsyncConfiguration, tunnelConfiguration } from '../transfer/configuration.ts';
import { runAs } from '../transfer/run-as.ts';
import { CLIENT_NAME, SERVER_NAME } from '../transfer/tunnel.ts';
import { byNamespace, volumePairs } from '../volume-pair.ts';
import { readAddresses } from './endpoint.ts';

const PASSWORD_BYTES = 32;
const CERTIFICATE_DAYS = 30;

const readPassword = async ({ host }: Scope, dvm: DirectVolumeMigration): Promise<string> => {
  const kept = await host.get(Secret, { namespace: dvm.metadata.namespace, name: passwordSecretName(dvm) });
  const ours = kept?.metadata.labels?.[labels.migratedByDirectVolumeMigration] === dvm.metadata.uid;
  const data = ours ? kept?.data?.['password'] : undefined;
  return data === undefined ? randomBytes(PASSWORD_BYTES).toString('hex') : Buffer.from(data, 'base64').toString();
};

const namespacesOf = (dvm: DirectVolumeMigration): number => {
  const pairs = volumePairs(dvm);
  return byNamespace(pairs, 'source').length + byNamespace(pairs, 'target').length;
};

/** Gives both sides the password, and the daemons their modules. */
export const createRsyncConfig = volumePhase({
  name: 'CreateRsyncConfig',
  step: STEP,
  description: 'Creating the rsync configuration',
  observe: async (scope, dvm) => {
    const targets = byNamespace(volumePairs(dvm), 'target').map(([name]) => name);
    const namespaces = await Promise.all(targets.map((name) => scope.target.find(Namespace, { name })));
    const roots = targets.filter(
      (_, index) => runAs({ namespace: namespaces[index], migration: scope.owner, applications: [], supplementalGroups: undefined }).root,
    );
    return { password: await readPassword(scope, dvm), roots };
  },
  decide: ({ password, roots }, dvm) =>
    advance(
      Configured({ namespaces: namespacesOf(dvm) }),
      rsyncConfiguration(dvm, password, (namespace) => roots.includes(namespace)),
    ),
});

const issue = async (): Promise<Certificates> => {
  const authority = await createAuthority('godwit-volume-copy', CERTIFICATE_DAYS);
  const [server, client] = await Promise.all([
    issueCertificate(authority, { commonName: SERVER_NAME, hosts: [SERVER_NAME], usage: 'server', days: CERTIFICATE_DAYS }),
    issueCertificate(authority, { commonName: CLIENT_NAME, hosts: [CLIENT_NAME], usage: 'client', days: CERTIFICATE_DAYS }),
  ]);
  return { authority: authority.certificate, server, client };
};

/** Gives each side of the tunnel its own key pair; done again it replaces both, so they always fit together. */
export const createStunnelConfig = volumePhase({
  name: 'CreateStunnelConfig',
  step: STEP,
  description: 'Creating the certificates and the tunnel configuration',
  observe: async (scope, dvm) => {
    const [certificates, addresses] = await Promise.all([issue(), readAddresses(scope, dvm)]);
    return { certificates, addresses, proxy: scope.proxy };
  },
  decide: ({ certificates, addresses, proxy }, dvm) =>
    advance(Configured({ namespaces: namespacesOf(dvm) }), tunnelConfiguration(dvm, certificates, addresses, proxy)),
});
