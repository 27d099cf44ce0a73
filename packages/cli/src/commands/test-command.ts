import type { Resource } from '@godwit/kube';
import { type Command, command } from '../command.ts';
import { standIn } from '../controllers.ts';
import { commandLine } from '../copyable.ts';
import { exitCodes } from '../exit-codes.ts';
import { secondsIn } from '../invocation.ts';
import { found } from '../lookup.ts';
import { notReady } from '../migrate/ready.ts';
import { type Judged, judgedAgain } from '../migrate/settled.ts';
import { blockersOf, warningsOf } from '../printers/condition-facts.ts';
import { createReporter } from '../progress/reporter.ts';
import { unlessLeft, waitingOf } from '../waiting.ts';

const PATIENCE = '60s';

/** The command that has an object judged again and tells the judgement; the controllers run inside it when no operator does. */
export const testCommand = <T extends Judged>(noun: string, verb: string, resource: Resource<T>, summary: string): Command =>
  command<{ timeout: string }>({
    words: [noun, verb],
    summary,
    takes: [['<name>', `name of the ${noun}`]],
    flags: [['--timeout <time>', 'how long to wait for the judgement', PATIENCE]],
    examples: [[summary, `${noun} ${verb} NAME`]],
    run: async (invocation, [name = ''], { timeout }) => {
      const object = await found(invocation, noun, resource, name);
      const reporter = createReporter(invocation.terminal, 1);
      const waiting = waitingOf(invocation, secondsIn('--timeout', timeout), reporter);
      const host = invocation.client();
      return unlessLeft(invocation, waiting, commandLine(invocation, `${noun} ${verb} ${object.metadata.name}`), async () => {
        const controllers = await standIn(invocation, host, { name: `${noun}-${object.metadata.name}` });
        try {
          const judged = await judgedAgain(host, resource, object, waiting);
          for (const { type, message = '' } of warningsOf(judged)) invocation.terminal.err(`warning: ${type}: ${message}`);
          if (blockersOf(judged).length > 0) throw notReady(noun, judged, { exitCode: exitCodes.refused, place: invocation });
          invocation.terminal.out(`${noun}/${object.metadata.name} ready`);
          return exitCodes.done;
        } finally {
          await controllers.stop();
        }
      });
    },
  });
