import type { KubeObject, Resource } from '@godwit/kube';
import { type Command, command } from '../command.ts';
import { found, listed } from '../lookup.ts';
import { type Printing, printObjects } from '../printers/print-objects.ts';

/** The command that lists objects of a noun, or shows those that are named. */
export const getCommand = <T extends KubeObject>(resource: Resource<T>, printing: Printing<T>): Command =>
  command({
    words: [printing.noun, 'get'],
    summary: `Lists ${printing.noun}s, or shows one`,
    takes: [['[name...]', `names of ${printing.noun}s; default: all`]],
    examples: [
      [`List ${printing.noun}s`, `${printing.noun} get`],
      ['Show one as YAML', `${printing.noun} get NAME -o yaml`],
    ],
    run: async (invocation, names) => {
      const objects =
        names.length === 0
          ? await listed(invocation, resource)
          : await Promise.all(names.map((name) => found(invocation, printing.noun, resource, name)));
      printObjects(invocation, objects, printing, names.length === 1);
      return undefined;
    },
  });
