import type { KubeObject, Resource } from '@godwit/kube';
import { type Command, command } from '../command.ts';
import { calledOf } from '../grammar/nouns.ts';
import type { Invocation } from '../invocation.ts';
import { found, listed } from '../lookup.ts';
import { type Printing, printObjects } from '../printers/print-objects.ts';

/** The command that lists objects of a noun, or shows those that are named; `within` says where they are looked for. */
export const getCommand = <T extends KubeObject>(
  resource: Resource<T>,
  printing: Printing<T>,
  within: (invocation: Invocation) => Invocation = (invocation) => invocation,
): Command => {
  const { noun } = printing;
  const called = calledOf(noun);
  return command({
    words: [noun, 'get'],
    summary: `Lists ${called}s, or shows one`,
    takes: [['[name...]', `names of ${called}s; default: all`]],
    examples: [
      [`List ${called}s`, `${noun} get`],
      ['Show one as YAML', `${noun} get NAME -o yaml`],
    ],
    run: async (call, names) => {
      const invocation = within(call);
      const objects =
        names.length === 0
          ? await listed(invocation, resource)
          : await Promise.all(names.map((name) => found(invocation, noun, resource, name)));
      printObjects(invocation, objects, printing, names.length === 1);
      return undefined;
    },
  });
};
