import { writeFileSync } from 'node:fs';
import { MigCluster } from '@godwit/api';
import { accessOf, loadKubeconfig } from '@godwit/kube';
import { stringify } from 'yaml';
import { type OperatorProcess, operatorProcess } from '../../e2e/faults/operator.ts';
import { type RecordingProxy, startRecordingProxy } from './recording-proxy.ts';
import { FOLDER, NAMESPACE, type Stage } from './stage.ts';

const LOG = `${FOLDER}/operator.log`;

/** Starts the operator as a user does outside a pod. */
export const startOperator = ({ set }: Stage): OperatorProcess => {
  const operator = operatorProcess(set.kubeconfig, 'beta', LOG);
  operator.start();
  return operator;
};

/** An operator whose calls to both clusters are recorded; `stop` leads the source's MigCluster straight to it again. */
export type RecordedOperator = { source: RecordingProxy; target: RecordingProxy; stop(): Promise<void> };

const kubeconfigThrough = ({ url, authority }: RecordingProxy): string => {
  const path = `${FOLDER}/through-proxy.kubeconfig`;
  const cluster = { server: url, 'certificate-authority-data': Buffer.from(authority).toString('base64') };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'beta', cluster }],
    users: [{ name: 'beta', user: {} }],
    contexts: [{ name: 'beta', context: { cluster: 'beta', user: 'beta' } }],
    'current-context': 'beta',
  };
  writeFileSync(path, stringify(config), { mode: 0o600 });
  return path;
};

/** Starts the operator behind two proxies, one before each API server. */
export const startRecordedOperator = async ({ set, beta }: Stage): Promise<RecordedOperator> => {
  const config = loadKubeconfig({ path: set.kubeconfig });
  const [towardsAlpha, towardsBeta] = [accessOf(config, 'alpha'), accessOf(config, 'beta')];
  const { server, ca = '' } = towardsAlpha;
  const source = await startRecordingProxy('source', { server, ca }); // the MigCluster's token is who the operator is
  const target = await startRecordingProxy('target', towardsBeta);
  const lead = (url: string, authority: string) =>
    beta.patch(
      MigCluster,
      { namespace: NAMESPACE, name: 'source-cluster' },
      { spec: { url, caBundle: Buffer.from(authority).toString('base64') } },
    );
  await lead(source.url, source.authority);
  const operator = operatorProcess(kubeconfigThrough(target), 'beta', LOG);
  operator.start();
  return {
    source,
    target,
    stop: async () => {
      await operator.stop();
      source.close();
      target.close();
      await lead(server, ca);
    },
  };
};
