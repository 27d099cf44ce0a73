import { createLogger, type Log, systemClock } from '@godwit/controller';
import { namespaceDriver } from '../host/namespace.ts';
import { runHere } from '../host/run.ts';
import { rollBackByItself } from '../rollback/automatic.ts';
import { keepEvidence } from '../rollback/evidence.ts';

/** The log of a program that runs as a unit of the node. */
export const unitLog = (): Log => createLogger({ level: 'info' });

/** Rolls back the upgrade of the machine that this process runs on. */
export const rollBackHere = (log: Log) => {
  const host = namespaceDriver();
  return (message: string): Promise<void> =>
    rollBackByItself(
      {
        host,
        clock: systemClock,
        log,
        keepEvidence: (stateroot, signal) =>
          keepEvidence({ host, run: runHere, clock: systemClock, texts: { 'reason.txt': `${message}\n` }, signal }, stateroot),
      },
      message,
    );
};
