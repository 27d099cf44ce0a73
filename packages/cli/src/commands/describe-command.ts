import type { KubeObject, Resource } from '@godwit/kube';
import { type Command, command } from '../command.ts';
import { calledOf } from '../grammar/nouns.ts';
import type { Invocation } from '../invocation.ts';
import { found } from '../lookup.ts';
import { print } from '../printers/print-value.ts';

/** The command that shows all there is to know about one object; `lines` makes its text, `within` says where it is looked for. */
export const describeCommand = <T extends KubeObject>(
  noun: string,
  resource: Resource<T>,
  lines: (object: T) => readonly string[],
  within: (invocation: Invocation) => Invocation = (invocation) => invocation,
): Command =>
  command({
    words: [noun, 'describe'],
    summary: `Shows a ${calledOf(noun)} with its conditions`,
    takes: [['<name>', `name of the ${calledOf(noun)}`]],
    examples: [[`Describe a ${calledOf(noun)}`, `${noun} describe NAME`]],
    run: async (call, [name = '']) => {
      const invocation = within(call);
      const object = await found(invocation, noun, resource, name);
      if (!print(invocation, object)) for (const line of lines(object)) invocation.terminal.out(line);
      return undefined;
    },
  });
