import { z } from 'zod';
import { fields, quantity, strings, word } from '../schema.ts';

const supported = fields({
  actions: z.array(word('move', 'copy', 'skip')).describe('What can be done with the volume. Required.'),
  copyMethods: z.array(word('filesystem', 'block', 'snapshot')).describe('How it can be copied. Required.'),
});

const selection = fields({
  action: word('move', 'copy', 'skip')
    .optional()
    .describe('What is done with the volume: move, copy or skip. Omitted: must be chosen, unless only one is supported.'),
  storageClass: z.string().optional().describe('Storage class on the target cluster. Omitted: none.'),
  accessMode: z.string().optional().describe('Access mode on the target cluster. Omitted: those of the claim.'),
  copyMethod: word('filesystem', 'block', 'snapshot').optional().describe('How it is copied: filesystem, block or snapshot.'),
  verify: z.boolean().optional().describe('Compares the copied files with the originals. Omitted: false.'),
});

const claim = fields({
  namespace: z.string().optional().describe('Namespace of the claim on the source cluster.'),
  name: z.string().optional().describe('Name of the claim, or source:target to give it another name on the target cluster.'),
  accessModes: strings().optional().describe('Access modes of the claim.'),
  volumeMode: word('Filesystem', 'Block').optional().describe('Filesystem or Block. Omitted: Filesystem.'),
  hasReference: z.boolean().optional().describe('Whether a pod or workload uses the claim. Omitted: false.'),
  ownerType: word('VirtualMachine', 'Deployment', 'DeploymentConfig', 'StatefulSet', 'ReplicaSet', 'DaemonSet', 'Job', 'CronJob', 'Unknown')
    .optional()
    .describe('Kind of the workload that uses the claim, or Unknown.'),
});

/** A volume of a plan: discovered by the controller, chosen about by the user. */
export const planVolume = fields({
  name: z.string().optional().describe('Name of the PersistentVolume on the source cluster.'),
  capacity: quantity().optional().describe('Its size.'),
  storageClass: z.string().optional().describe('Its storage class.'),
  supported: supported.describe('What can be done with it; written by discovery. Required.'),
  selection: selection.describe('What is to be done with it; kept when volumes are discovered again. Required.'),
  pvc: claim.optional().describe('The claim that is bound to it; written by discovery.'),
  capacityConfirmed: z.boolean().optional().describe('The user agrees to proposedCapacity. Omitted: false.'),
  proposedCapacity: quantity().optional().describe('The size that is advised for the target cluster.'),
});
/** A volume of a plan. */
export type PlanVolume = z.infer<typeof planVolume>;

/** A storage class of a cluster, with the modes that it can provide. */
export const storageClassOffer = fields({
  name: z.string().optional().describe('Name of the storage class.'),
  provisioner: z.string().optional().describe('Its provisioner.'),
  default: z.boolean().optional().describe('Whether it is the default of the cluster. Omitted: false.'),
  volumeAccessModes: z
    .array(
      fields({
        volumeMode: word('Filesystem', 'Block').optional().describe('Filesystem or Block.'),
        accessModes: strings().optional().describe('Access modes for this volume mode.'),
      }),
    )
    .optional()
    .describe('What it can provide.'),
});
/** A storage class of a cluster, with the modes that it can provide. */
export type StorageClassOffer = z.infer<typeof storageClassOffer>;
