import type { Claim, MachineRecord } from '../record.ts';

/** Who asks: a LocalMachine, named across the management clusters of the set. */
export type Claimant = Omit<Claim, 'epoch'>;

/** What is known when a LocalMachine is worked on. */
export type Facts = {
  claimant: Claimant;
  deleting: boolean;
  paused: boolean;
  fenced: boolean;
  /** Whether the object names a machine; it then adopts one and never makes one. */
  namesMachine: boolean;
  /** The machine that the object names, or else the one that was begun for it. */
  machine: MachineRecord | undefined;
};

/** What is to be done for a LocalMachine. */
export type Decision =
  /** Nothing at all, also to its status. */
  | 'leave'
  /** Let the object go; its machine, if it has one, lives on without an owner. */
  | 'release'
  /** Let the object go; the machine is somebody else's. */
  | 'let-go'
  /** End the machine, then let the object go. */
  | 'end'
  /** Make a machine, or go on making it. */
  | 'make'
  /** Take the machine over. */
  | 'claim'
  /** Say that the machine is somebody else's. */
  | 'lost'
  /** Say that there is no such machine. */
  | 'not-found'
  /** Say how the machine is. */
  | 'report';

const isOwner = ({ claimant, machine }: Facts): boolean =>
  machine?.claim?.uid === claimant.uid && machine.claim.cluster === claimant.cluster;

const onDeletion = (facts: Facts): Decision => {
  if (!isOwner(facts)) return 'let-go';
  return facts.fenced ? 'release' : 'end';
};

/**
 * Judges a LocalMachine. A paused object is left alone, a fenced one never ends its machine, and a machine belongs to the object that claimed it last:
 * an object claims once, or when nobody holds the claim.
 */
export const decide = (facts: Facts): Decision => {
  const { claimant, deleting, paused, fenced, namesMachine, machine } = facts;
  if (paused) return 'leave';
  if (deleting) return onDeletion(facts);
  if (fenced) return 'leave';
  if (!machine) return namesMachine ? 'not-found' : 'make';
  if (isOwner(facts)) return machine.ignited ? 'report' : 'make';
  if (machine.claim === undefined || !machine.claimants.includes(claimant.uid)) return 'claim';
  return 'lost';
};

/** The machine's record after this object has taken it over. */
export const claimed = (machine: MachineRecord, claimant: Claimant): MachineRecord => ({
  ...machine,
  claim: { ...claimant, epoch: machine.claimants.length + 1 },
  claimants: [...machine.claimants, claimant.uid],
});
