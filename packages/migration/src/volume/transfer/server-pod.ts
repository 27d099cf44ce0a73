import type { DirectVolumeMigration, Pod } from '@godwit/api';
import { DVM_ANNOTATION, objectNames, TRANSFER_ROLE, transferLabels } from '../names.ts';
import type { VolumePair } from '../volume-pair.ts';
import { RSYNC_PORT } from './command-line.ts';
import { DAEMON_CONFIG } from './daemon.ts';
import { type PodSettings, podDefaults, secretMode, transferContainer, tunnelMount, tunnelVolume } from './pod-parts.ts';
import { TUNNEL_FOLDER, TUNNEL_PORT } from './tunnel.ts';

const claims = (pairs: readonly VolumePair[]) =>
  pairs.map(({ module, target }) => ({ name: module, persistentVolumeClaim: { claimName: target.name } }));

const mounts = (pairs: readonly VolumePair[]) =>
  pairs.map(({ module, target }) => ({ name: module, mountPath: `/mnt/${target.namespace}/${module}` }));

/** The pod that receives all volumes of one namespace of the target cluster. */
export const serverPod = (dvm: DirectVolumeMigration, namespace: string, pairs: readonly VolumePair[], settings: PodSettings): Pod => {
  const names = objectNames(dvm);
  const rsync = transferContainer('rsync', settings, true, {
    command: ['/usr/bin/rsync', '--daemon', '--no-detach', `--port=${RSYNC_PORT}`, `--config=${DAEMON_CONFIG}`],
    volumeMounts: [
      { name: 'rsyncd', mountPath: '/etc/rsyncd', readOnly: true },
      { name: 'rsyncd-secrets', mountPath: '/etc/rsyncd-secrets', readOnly: true },
      ...mounts(pairs),
    ],
  });
  const stunnel = transferContainer('stunnel', settings, false, {
    command: ['/usr/bin/stunnel', `${TUNNEL_FOLDER}/stunnel.conf`],
    ports: [{ name: 'stunnel', containerPort: TUNNEL_PORT, protocol: 'TCP' }],
    volumeMounts: [tunnelMount],
  });
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: names.serverPod,
      namespace,
      labels: { ...transferLabels(dvm), [TRANSFER_ROLE]: 'server', purpose: 'rsync' },
      annotations: { [DVM_ANNOTATION]: `${dvm.metadata.namespace}/${dvm.metadata.name}` },
    },
    spec: {
      ...podDefaults(settings.runAs),
      restartPolicy: 'Always',
      containers: [rsync, stunnel],
      volumes: [
        { name: 'rsyncd', configMap: { name: names.serverConfig } },
        { name: 'rsyncd-secrets', secret: { secretName: names.serverSecret, defaultMode: secretMode(settings.runAs) } },
        tunnelVolume(
          { config: names.tunnelServerConfig, secret: names.tunnelServerSecret, key: 'stunnel.conf', proxySecret: undefined },
          settings.runAs,
        ),
        ...claims(pairs),
      ],
    },
  };
};
