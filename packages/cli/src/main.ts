import { tolerateClosedOutput } from './closed-output.ts';
import { commands } from './commands/index.ts';
import { run } from './run.ts';

tolerateClosedOutput(process.stdout, process.stderr);
process.exitCode = await run(process.argv.slice(2), commands);
