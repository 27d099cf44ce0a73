import { hostname } from 'node:os';
import { backupControllers, createCompletions } from '@godwit/backup';
import { type Cache, type Controller, systemClock } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import { openStore } from '@godwit/objectstore';
import type { OperatorOptions } from './options.ts';

/** How backup engines are run, and in which namespace. */
export type EngineOptions = Pick<OperatorOptions, 'log' | 'engine' | 'allowFolders'> & {
  settings: Pick<OperatorOptions['settings'], 'namespace'>;
};

/** Makes the controllers of the backup engine, cluster by cluster; all learn at once of a backup that one has finished. */
export const engineControllers = ({ settings, log, engine = 'auto', allowFolders = false }: EngineOptions) => {
  const completions = createCompletions();
  return (client: Client, cache: Cache): readonly Controller[] =>
    backupControllers({
      client,
      cache,
      namespace: settings.namespace,
      clock: systemClock,
      log,
      openStore,
      engine,
      allowFolders,
      hostName: hostname(),
      completions,
    });
};
