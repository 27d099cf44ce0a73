import type { TestNode } from '../../e2e/support/node.ts';

const WORK = '/var/tmp/plain';
const STATEROOT = 'rhcos_plain';

/** What an administrator would type to lay a seed's release beside the running one: copy, unpack, pull-local, deploy. */
const INSTALL = `rm -rf ${WORK}; mkdir -p ${WORK}/certificates ${WORK}/seed ${WORK}/repository; cd ${WORK}
cp /etc/pki/godwit/registry-ca.crt certificates/ca.crt
skopeo copy --quiet --src-cert-dir certificates docker://IMAGE dir:image
for layer in $(jq -r '.layers[].digest | ltrimstr("sha256:")' image/manifest.json); do tar xf image/$layer -C seed; done
tar xzf seed/ostree.tgz -C repository
commit=$(ls seed | sed -n 's/^ostree-\\([0-9a-f]*\\)[.].*/\\1/p')
ostree pull-local --repo /ostree/repo repository $commit
ostree admin os-init ${STATEROOT}
ostree admin deploy --os ${STATEROOT} --no-prune --karg rw --not-as-default $commit
tar xzf seed/var.tgz -C /ostree/deploy/${STATEROOT}`;

/** Takes all of it away again, so that the next installation begins with nothing. */
const REMOVE = `index=$(ostree admin status | grep -E '\\.[0-9]+( |$)' | grep -n ${STATEROOT} | cut -d: -f1)
ostree admin undeploy $((index - 1))
chattr -R -i /ostree/deploy/${STATEROOT} 2>/dev/null || true
rm -rf ${WORK} /ostree/deploy/${STATEROOT}
ostree admin cleanup
ostree prune --repo /ostree/repo --refs-only`;

/** Seconds that the plain commands take for a seed on a node; nothing of them is left. */
export const plainPrep = async ({ sh }: TestNode, image: string): Promise<number> => {
  const began = performance.now();
  await sh(INSTALL.replace('IMAGE', image));
  const seconds = (performance.now() - began) / 1000;
  await sh(REMOVE);
  return seconds;
};
