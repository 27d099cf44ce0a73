import { step, stopSet, toStandardError } from '@godwit/devcluster';
import { apply } from '../support/manifests.ts';
import { openStage } from '../support/upgrade/open.ts';
import { chapters } from './chapters.ts';
import { prerequisites } from './content.ts';
import { openTerminal } from './shell.ts';

const SET = 'upgrade-document';

/** What the document says and cannot be typed here. */
const LEFT_OUT = [
  'oc adm must-gather: it starts images of OpenShift',
  'oc exec … ./velero: the engine that answers for velero.io here is our own and has no pod',
];

const say = toStandardError;
const stage = await openStage(SET);
const terminal = await openTerminal(stage);
await stage.score.during('the document was read to its end', async () => {
  await apply(stage.edge.kubectl, ...prerequisites);
  for (const [title, chapter] of chapters) {
    say(`\n== ${title}`);
    await chapter({ ...stage, terminal });
  }
});
for (const line of LEFT_OUT) console.log(`left out: ${line}`);
stage.score.close();
if (process.env.KEEP !== '1') await step(say, 'remove the node', () => stopSet(SET));
