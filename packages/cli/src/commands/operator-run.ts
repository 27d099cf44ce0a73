import { createLogger, type EngineChoice, type HostedFlags, settingsFrom, startOperator } from '@godwit/operator';
import { command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { hostedFlags, hostedOptionsOf } from './hosted-flags.ts';

type Options = HostedFlags & { engine: string; transferImage?: string; healthPort?: string; allowFolders?: boolean };

const ENGINES: readonly string[] = ['auto', 'embedded', 'velero'] satisfies EngineChoice[];

const usage = (what: string, why: string): Failure => new Failure(what, { reason: 'Usage', why, exitCode: exitCodes.usage });

const engineOf = (text: string): EngineChoice => {
  if (ENGINES.includes(text)) return text as EngineChoice;
  throw usage(`--engine ${text} is not known`, `the engines are ${ENGINES.join(', ')}`);
};

const portOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw usage(`--health-port ${text} is not a port`, 'write a number from 0 to 65535');
};

/** `godwit operator run`: the controllers outside a pod, or in one. */
export const operatorRun = command<Options>({
  words: ['operator', 'run'],
  summary: 'Runs the controllers until it is told to stop; logs are JSON lines on standard output',
  flags: [
    ['--engine <name>', 'who carries out backups: auto (Velero where it runs), embedded or velero', 'auto'],
    ['--transfer-image <image>', 'image with rsync and stunnel for copying volumes; default: $RSYNC_TRANSFER_IMAGE'],
    ['--health-port <port>', 'port of /healthz, /readyz and /metrics; default: none'],
    ['--allow-folders', 'lets folders of this machine be repositories; default: yes, except in a pod'],
    ...hostedFlags,
  ],
  examples: [
    ['Run the controllers for the plans on beta', 'operator run --context beta --health-port 8080'],
    ['Serve hosted clusters on alpha, with their nodes', 'operator run --context alpha --ignition-address 10.0.0.1:9443'],
  ],
  run: async (invocation, _names, options) => {
    const { environment, globals, namespace, interrupted } = invocation;
    const inPod = Boolean(environment.KUBERNETES_SERVICE_HOST);
    const healthPort = portOf(options.healthPort);
    const engine = engineOf(options.engine);
    const operator = startOperator({
      host: invocation.client(),
      settings: settingsFrom(environment, { namespace, transferImage: options.transferImage }),
      engine,
      hosted: hostedOptionsOf(invocation, options),
      allowFolders: options.allowFolders ?? !inPod,
      log: createLogger({ level: globals.verbose ? 'debug' : 'info' }),
      ...(healthPort === undefined ? {} : { healthPort }),
    });
    interrupted.addEventListener('abort', () => void operator.stop().catch(() => {})); // `stopped` tells it below
    await operator.stopped;
    return exitCodes.done;
  },
});
