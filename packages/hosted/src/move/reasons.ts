import { annotations } from '@godwit/api';
import { reason } from '@godwit/controller';

/** Reasons of a move's phases. Each that stops the move says what, where, why, and what to do next. */
export const Done = reason('Done', ({ what }: { what: string }) => what);
export const Working = reason('Working', ({ what }: { what: string }) => what);
export const PreflightFailed = reason(
  'PreflightFailed',
  ({ problems }: { problems: string }) => `Nothing was changed, since the move would fail: ${problems}`,
);
export const ClosureBroken = reason(
  'ReferencesMissing',
  ({ missing }: { missing: string }) => `The hosted cluster refers to objects that are not there: ${missing}`,
);
export const SourceChanged = reason(
  'ObjectsChanged',
  ({ objects }: { objects: string }) => `Somebody changed ${objects} while they were read; they are read again`,
);
export const KeyUnproven = reason(
  'EncryptionKeyMismatch',
  ({ stored, held }: { stored: string; held: string }) =>
    `Secrets in etcd are encrypted with ${stored}, the key that would be moved is ${held}; put the right key into the Secret that the HostedCluster names`,
);
export const FenceLost = reason(
  'FenceTaken',
  ({ fence, by }: { fence: string; by: string }) =>
    `The fence ${fence} is not this move's to raise: another one has the source (${by}); only one may move a hosted cluster`,
);
export const SourceTaken = reason(
  'SourceTaken',
  ({ namespace, name, by }: { namespace: string; name: string; by: string }) =>
    `Another move has HostedCluster ${namespace}/${name} (${by}); wait for it, or move the hosted cluster from where it serves now. Only if that move is gone for good and has fenced nothing, take its claim away on the source: kubectl annotate hostedcluster -n ${namespace} ${name} ${annotations.moveClaim}-`,
);
export const SourcePaused = reason(
  'SourcePaused',
  ({ name }: { name: string }) =>
    `Somebody paused the HostedCluster on the source after the preflight; resume it there (godwit hosted resume ${name}), then begin the move anew`,
);
export const SourceDeleting = reason(
  'SourceDeleting',
  ({ what }: { what: string }) =>
    `${what} on the source; what is moved would come back. Begin the move anew when nothing of the hosted cluster is being deleted`,
);
export const NothingToReturn = reason(
  'NothingToReturn',
  ({ what }: { what: string }) => `${what} on the source: there is nothing to bring back`,
);
export const LeftToOther = reason(
  'LeftToOther',
  ({ by }: { by: string }) =>
    `Another move has the source (${by}): it is left as it is, since the hosted cluster is that move's. Find out where it serves: godwit hosted get`,
);
export const DestinationTaken = reason(
  'DestinationTaken',
  ({ object }: { object: string }) => `${object} is on the destination already and is not this move's; delete or rename it`,
);
export const NodesMissing = reason('NodesMissing', ({ nodes }: { nodes: string }) => `Waiting for nodes to come back: ${nodes}`);
export const PastReturn = reason(
  'PastPointOfNoReturn',
  ({ name }: { name: string }) =>
    `Names in DNS lead to the destination already: this move cannot be taken back. Move ${name} in the other direction instead`,
);
export const WrittenSince = reason(
  'RevisionMoved',
  ({ what }: { what: string }) => `Somebody wrote into etcd after the snapshot: ${what}; find the writer, then begin the move anew`,
);
export const IdentityDiffers = reason(
  'IdentityDiffers',
  ({ parts }: { parts: string }) =>
    `The control plane of the destination has another ${parts} than the source: nodes and tokens would be void. The source is brought back`,
);
export const SecretsUnreadable = reason(
  'SecretsUnreadable',
  ({ readable, stored }: { readable: number; stored: number }) =>
    `Only ${readable} of ${stored} Secrets can be read through the API server of the destination; is the encryption key the right one? The source is brought back`,
);
