import { execInside, nodeKubeconfigPath, programPath } from '@godwit/devcluster';
import { type Kubectl, kubectlOf } from '@godwit/example-shop';

/** A single-node cluster in an ostree deployment: ways into it and to its API. */
export type TestNode = {
  /** Runs a shell line inside and returns what it printed. */
  sh(line: string): Promise<string>;
  kubectl: Kubectl;
};

/** Opens ways to a node of a set; the kubeconfig is read at each call, so it follows the node over its boots. */
export const openNode = async (set: string, id: string): Promise<TestNode> => ({
  sh: (line) => execInside(set, id, ['/bin/sh', '-ec', line]),
  kubectl: kubectlOf({ program: await programPath('kubectl'), kubeconfig: nodeKubeconfigPath(set, id) }),
});

/** Lets the deployment at an index boot next, as `ostree admin set-default` of later versions does. */
export const setDefault = ({ sh }: TestNode, index: number): Promise<string> =>
  sh(`python3 - ${index} <<'END'
import sys, gi
gi.require_version('OSTree', '1.0')
from gi.repository import OSTree
sysroot = OSTree.Sysroot.new_default()
sysroot.load(None)
deployments = sysroot.get_deployments()
first = deployments[int(sys.argv[1])]
sysroot.write_deployments([first] + [each for each in deployments if not each.equal(first)], None)
END`);
