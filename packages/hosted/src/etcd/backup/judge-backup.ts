import type { HCPEtcdBackup } from '@godwit/api';
import type { Said, StandardClaim } from '@godwit/controller';

/** Reasons of the condition BackupCompleted. */
export type BackupReason = 'BackupSucceeded' | 'BackupFailed' | 'BackupInProgress' | 'BackupRejected' | 'EtcdUnhealthy';

const FINAL: readonly string[] = ['BackupSucceeded', 'BackupFailed', 'BackupRejected'] satisfies BackupReason[];

/** How many backups of a control plane that succeeded are kept, and how many of the others that have ended. */
const MAX_BACKUP_COUNT = 5;

const completed = (backup: HCPEtcdBackup) => backup.status?.conditions?.find(({ type }) => type === 'BackupCompleted');

/** Whether a backup of this reason has ended, well or not. */
export const isFinal = (reason: string | undefined): boolean => FINAL.includes(reason ?? '');

/** Whether a backup has ended, well or not. */
export const hasEnded = (backup: HCPEtcdBackup): boolean => isFinal(completed(backup)?.reason);

/** Whether a backup is under way. */
export const isRunning = (backup: HCPEtcdBackup): boolean => completed(backup)?.reason === 'BackupInProgress';

const hasSucceeded = (backup: HCPEtcdBackup): boolean => completed(backup)?.reason === 'BackupSucceeded';

const age = ({ metadata }: HCPEtcdBackup): string => `${metadata.creationTimestamp ?? ''} ${metadata.name ?? ''}`;

/** Another backup of the same control plane that goes first: one that runs, else an older one. */
export const activeBeside = (backup: HCPEtcdBackup, all: readonly HCPEtcdBackup[]): HCPEtcdBackup | undefined => {
  const others = all.filter((each) => each.metadata.uid !== backup.metadata.uid && !hasEnded(each));
  const running = others.find(isRunning);
  if (isRunning(backup)) return running && age(running) < age(backup) ? running : undefined;
  return running ?? others.find((each) => age(each) < age(backup));
};

const beyond = (backups: readonly HCPEtcdBackup[], kept: number): readonly HCPEtcdBackup[] =>
  backups.toSorted((one, other) => (age(one) < age(other) ? 1 : -1)).slice(kept);

/** Ended backups beyond the newest ones that are kept. Those that succeeded are counted by themselves: a restore needs what they say. */
export const toForget = (all: readonly HCPEtcdBackup[], kept: number = MAX_BACKUP_COUNT): readonly HCPEtcdBackup[] => {
  const [good, bad] = [all.filter(hasSucceeded), all.filter((backup) => hasEnded(backup) && !hasSucceeded(backup))];
  return [...beyond(good, kept), ...beyond(bad, kept)];
};

/** The condition of a backup. */
export const backupClaim = (reason: BackupReason, message: string): StandardClaim => ({
  type: 'BackupCompleted',
  status: reason === 'BackupSucceeded' ? 'True' : 'False',
  reason,
  message,
});

/** An hour after it was asked for a backup does not wait for its store any more: meanwhile it stands in the way of others. */
const STORE_SECONDS = 3600;

/** What passes by itself is waited for; everything else ends the backup. */
const reasonFor = (refusal: string, seconds: number): BackupReason => {
  if (refusal === 'EtcdUnhealthy' || refusal === 'EtcdMemberDown') return 'EtcdUnhealthy';
  return refusal === 'StoreUnavailable' && seconds < STORE_SECONDS ? 'BackupInProgress' : 'BackupFailed';
};

/** The condition that follows from a refusal on the way; `seconds` is the age of the backup. */
export const claimOf = ({ reason, message }: Said, seconds: number): StandardClaim =>
  backupClaim(reasonFor(reason, seconds), `${reason}: ${message}`);
