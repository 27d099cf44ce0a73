import { commands } from './commands/index.ts';
import { exitCodes } from './exit-codes.ts';
import { Failure, failureLine } from './failure.ts';
import { tolerateLostOutput } from './lost-output.ts';
import { run } from './run.ts';

const lostOutput = tolerateLostOutput({ results: process.stdout, remarks: process.stderr });
process.exitCode = await run(process.argv.slice(2), commands);

// Only now the fault of the last write is known.
process.once('beforeExit', () => {
  const lost = lostOutput();
  if (lost === undefined) return;
  process.exitCode ||= exitCodes.error;
  process.stderr.write(`${failureLine(new Failure('the output could not be written', { reason: 'OutputLost', why: lost.message }))}\n`);
});
