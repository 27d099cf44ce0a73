# Lets one deployment boot next, for releases of ostree that lack `ostree admin set-default`.
# Arguments: the sysroot, and the index of the deployment as `ostree admin status` counts. The others keep their order.
import sys

import gi

gi.require_version("OSTree", "1.0")
from gi.repository import Gio, OSTree

sysroot = OSTree.Sysroot.new(Gio.File.new_for_path(sys.argv[1]))
sysroot.load(None)
sysroot.lock()
try:
    deployments = sysroot.get_deployments()
    chosen = deployments[int(sys.argv[2])]
    sysroot.write_deployments([chosen] + [each for each in deployments if not each.equal(chosen)], None)
finally:
    sysroot.unlock()
