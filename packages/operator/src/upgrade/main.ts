import { parseArgs } from 'node:util';
import { createLogger } from '@godwit/controller';
import { accessOf, connect, loadKubeconfig } from '@godwit/kube';
import { namespaceDriver, sysrootDriver } from '@godwit/upgrade';
import { startAgent } from './agent.ts';

const { values } = parseArgs({
  options: {
    kubeconfig: { type: 'string' },
    // a folder with a sysroot, for trying things out; without it this process runs inside the deployment
    sysroot: { type: 'string' },
    'health-port': { type: 'string' },
    'allow-folders': { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});

const path = values.kubeconfig;
const port = values['health-port'];
const agent = startAgent({
  cluster: connect(accessOf(loadKubeconfig(path === undefined ? {} : { path })), { userAgent: 'godwit-agent' }),
  host: values.sysroot === undefined ? namespaceDriver() : sysrootDriver(values.sysroot),
  allowFolders: values['allow-folders'],
  log: createLogger({ level: values.verbose ? 'debug' : 'info' }),
  ...(port === undefined ? {} : { healthPort: Number(port) }),
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void agent.stop().catch(() => {})); // told below
await agent.stopped;
process.exit(0);
