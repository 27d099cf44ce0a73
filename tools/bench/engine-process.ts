import { ConfigMap, Secret } from '@godwit/api';
import { createLogger, createManager, createMetrics, systemClock } from '@godwit/controller';
import { accessOf, connect, loadKubeconfig } from '@godwit/kube';
import { settingsFrom, startOperator } from '@godwit/operator';

/**
 * The operator as a process of its own, which also watches every ConfigMap and Secret of the cluster: the product watches
 * few of them, and its memory is to be known with many. Says so in a line once everything is watched; ends on SIGTERM.
 */
const [kubeconfig = ''] = process.argv.slice(2);
const log = createLogger({ level: 'info' });
const host = connect(accessOf(loadKubeconfig({ path: kubeconfig })));
const operator = startOperator({ host, settings: settingsFrom({}), engine: 'embedded', allowFolders: true, log });
const manager = createManager({ clock: systemClock, log, metrics: createMetrics() });
const stop = new AbortController();
const watching = manager.start(stop.signal);
process.on('SIGTERM', () => stop.abort());
stop.signal.addEventListener('abort', () => void operator.stop());

const [maps, secrets] = await Promise.all([manager.cache(host, ConfigMap), manager.cache(host, Secret)]);
await operator.ready;
process.stdout.write(`watching ${maps.list().length + secrets.list().length}\n`);
await watching;
await operator.stopped;
await host.close();
