import { command } from '../command.ts';
import { type MoveOptions, moveTo } from '../ibu/move.ts';
import { foundUpgrade, onNode } from '../ibu/node.ts';
import { type PrepOptions, prepFlags, prepPatch } from '../ibu/prep-request.ts';
import { stageFlags } from './ibu-flags.ts';

/** `godwit ibu prep`. */
export const ibuPrep = command<PrepOptions & MoveOptions>({
  words: ['ibu', 'prep'],
  summary: 'Installs the next release beside the running one and brings its images; the node goes on working',
  flags: [...prepFlags, ...stageFlags],
  examples: [
    ['Prepare an upgrade', 'ibu prep --image quay.io/lab/seed:4.21.0 --version 4.21.0'],
    [
      'Prepare one that backs up applications',
      'ibu prep --image quay.io/lab/seed:4.21.0 --version 4.21.0 --pull-secret seed-pull --oadp-content openshift-adp/backups --extra-manifests default/extra',
    ],
  ],
  run: async (call, _names, options) => {
    const invocation = onNode(call);
    const upgrade = await foundUpgrade(invocation);
    return moveTo(invocation, upgrade, { verb: 'prep', stage: 'Prep', patch: prepPatch(upgrade, options) }, options);
  },
});
