/** Where an etcd listens and keeps its data. */
export type EtcdSettings = { clientPort: number; peerPort: number; dataFolder: string };

/** Arguments of an etcd with one member on 127.0.0.1. Nothing is synced to disk: these clusters do not outlive their machine. */
export const etcdArguments = ({ clientPort, peerPort, dataFolder }: EtcdSettings): string[] => {
  const client = `http://127.0.0.1:${clientPort}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  return [
    '--name=only',
    `--data-dir=${dataFolder}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=only=${peer}`,
    '--unsafe-no-fsync',
    '--quota-backend-bytes=4294967296',
  ];
};
