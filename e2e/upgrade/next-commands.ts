import { EDGE, SET } from '../support/upgrade/stage.ts';

/** The commands that a newcomer may try next. */
export const nextCommands = (): string[] => [
  `export KUBECONFIG=$(npx godwit-dev node kubeconfig ${EDGE} --set ${SET})`,
  'eval "$(npx godwit-dev env)"                  # puts the built kubectl in reach',
  'kubectl get ibu upgrade -o yaml',
  `npx godwit-dev node exec ${EDGE} --set ${SET} -- ostree admin status`,
  'make upgrade-demo-down                        # removes the node',
];
