import { exitCodes } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';
import { secondsIn } from '../../invocation.ts';
import { oneOf, required } from '../../usage.ts';
import { type StoreOptions, type StoreRequest, storeRequest } from '../store-request.ts';
import { bundleKeyOf } from './bundle-key.ts';

/** The flags of `godwit hosted move`. */
export type MoveOptions = StoreOptions & {
  mgmtTarget?: string;
  dryRun?: boolean;
  mode: string;
  soak: string;
  encryptionKey?: string;
  targetNamespace?: string;
  hostedNamespace: string;
  confirmTeardown?: string;
  yes?: boolean;
  timeout?: string;
};

/** A move as a user asks for it, free of contradictions. */
export type MoveRequest = {
  cluster: { namespace: string; name: string };
  source: string;
  target: string;
  targetNamespace: string | undefined;
  operatorNamespace: string;
  mode: 'WithNodes' | 'ControlPlaneOnly';
  soak: string;
  store: StoreRequest;
  bundleKey: { key: Buffer; given: boolean };
  confirmTeardown: string | undefined;
  dryRun: boolean;
  assumeYes: boolean;
  timeoutSeconds: number | undefined;
};

const MODES = { 'with-nodes': 'WithNodes', 'control-plane-only': 'ControlPlaneOnly' } as const;
const modeNames = Object.keys(MODES) as (keyof typeof MODES)[];

const checkTeardown = (typed: string | undefined, name: string): void => {
  if (typed === undefined || typed === name) return;
  throw new Failure(`--confirm-teardown ${typed} is not the name of the hosted cluster`, {
    reason: 'ConfirmationMissing',
    why: `what is left of ${name} on the source is only removed when its name is typed again`,
    next: `--confirm-teardown ${name}`,
    exitCode: exitCodes.refused,
  });
};

/** Reads name and flags of `godwit hosted move`, and the files that they name; throws a usage failure for what cannot be meant. */
export const moveRequest = (
  cluster: { namespace: string; name: string },
  options: MoveOptions,
  { source, environment }: { source: string; environment: Readonly<Record<string, string | undefined>> },
): MoveRequest => {
  const target = required('--mgmt-target', options.mgmtTarget, {
    why: 'it names the context of the management cluster to move to',
    next: 'kubectl config get-contexts',
  });
  checkTeardown(options.confirmTeardown, cluster.name);
  secondsIn('--soak', options.soak);
  return {
    cluster,
    source,
    target,
    targetNamespace: options.targetNamespace,
    operatorNamespace: options.hostedNamespace,
    mode: MODES[oneOf('--mode', options.mode, modeNames)],
    soak: options.soak,
    store: storeRequest(options, environment),
    bundleKey: bundleKeyOf(options.encryptionKey),
    confirmTeardown: options.confirmTeardown,
    dryRun: options.dryRun === true,
    assumeYes: options.yes === true,
    timeoutSeconds: options.timeout === undefined ? undefined : secondsIn('--timeout', options.timeout),
  };
};
