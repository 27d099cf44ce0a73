import { join } from 'node:path';
import type { Clock } from '@godwit/controller';
import type { Deployment, HostDriver } from '../host/driver.ts';
import type { Run } from '../host/run.ts';
import type { RegistryAccess } from '../seed/access.ts';
import type { SeedContents } from '../seed/contents.ts';
import type { SeedImage } from '../seed/inspect.ts';
import { staterootOf } from '../seed/version.ts';
import type { AutoRollbackChoice } from './auto-rollback.ts';

/** A file of the running cluster that the next release gets, under a name of its own; one that is not there is left out. */
export type RetainedFile = { readonly name: string; readonly from: string };

/** What is asked for: the release, the image it comes in, and what it is to keep of the running cluster. */
export type StaterootRequest = {
  readonly image: string;
  /** What the image's name was resolved to when it was examined. Omitted: the name is resolved when preparing begins. */
  readonly digest?: string;
  readonly version: string;
  readonly autoRollback: AutoRollbackChoice;
  /** Keys and certificates by which clients go on trusting the cluster. */
  readonly retained: readonly RetainedFile[];
};

/** Everything that the steps may touch. */
export type StaterootWorld = {
  readonly host: HostDriver;
  /** Programs of the agent itself: skopeo and tar. */
  readonly run: Run;
  readonly clock: Clock;
  readonly access: RegistryAccess;
  readonly request: StaterootRequest;
};

/** What the steps find out, one after the other. */
export type StaterootFacts = {
  readonly seed: SeedImage;
  readonly contents: SeedContents;
  readonly deployment: Deployment;
};

/** The folders that the steps work in, as seen from this process. */
export const workOf = ({ host, request }: StaterootWorld) => {
  const work = join(host.root || '/', 'var/lib/lca/workspace', staterootOf(request.version));
  return { work, image: join(work, 'image'), seed: join(work, 'seed'), repository: join(work, 'ostree') };
};
