import type { KubeObject, Resource } from '@godwit/kube';
import { type Command, command } from '../command.ts';
import { found } from '../lookup.ts';
import { print } from '../printers/print-value.ts';

/** The command that shows all there is to know about one object; `lines` makes its text. */
export const describeCommand = <T extends KubeObject>(
  noun: string,
  resource: Resource<T>,
  lines: (object: T) => readonly string[],
): Command =>
  command({
    words: [noun, 'describe'],
    summary: `Shows a ${noun} with its conditions`,
    takes: [['<name>', `name of the ${noun}`]],
    examples: [[`Describe a ${noun}`, `${noun} describe NAME`]],
    run: async (invocation, [name = '']) => {
      const object = await found(invocation, noun, resource, name);
      if (!print(invocation, object)) for (const line of lines(object)) invocation.terminal.out(line);
      return undefined;
    },
  });
