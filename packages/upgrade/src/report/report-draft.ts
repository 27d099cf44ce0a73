import { apiVersionOf, fieldManagers, ImageBasedUpgradeReport, UPGRADE_NAME, type UpgradeFinding } from '@godwit/api';
import { statusPatch } from '@godwit/controller';
import { type Client, isApiError } from '@godwit/kube';
import { newFindings, replaceFindings } from './findings.ts';

/** The status of a report. */
export type ReportStatus = NonNullable<ImageBasedUpgradeReport['status']>;

/** A report that is changed step by step, and written when somebody says so. */
export type ReportDraft = {
  current(): ImageBasedUpgradeReport;
  status(): ReportStatus;
  change(change: (status: ReportStatus) => ReportStatus): void;
  /** What was found, in place of all earlier findings with these codes. */
  found(codes: readonly string[], findings: readonly UpgradeFinding[]): void;
  /** Writes what has changed since it was last written; nothing when nothing has. */
  write(): Promise<void>;
};

const name = { name: UPGRADE_NAME };

const empty = (): ImageBasedUpgradeReport => ({
  apiVersion: apiVersionOf(ImageBasedUpgradeReport),
  kind: ImageBasedUpgradeReport.kind,
  metadata: name,
  spec: {},
});

/** The report, which is made when it is not there. */
export const readReport = async (cluster: Client): Promise<ImageBasedUpgradeReport> => {
  const found = await cluster.get(ImageBasedUpgradeReport, name);
  if (found !== undefined) return found;
  try {
    return await cluster.create(ImageBasedUpgradeReport, empty(), { fieldManager: fieldManagers.upgrade });
  } catch (error) {
    if (!isApiError(error, 'AlreadyExists')) throw error;
    return (await cluster.get(ImageBasedUpgradeReport, name)) ?? empty();
  }
};

/** Begins a draft of a report that was just read. `tell` learns what was found for the first time. */
export const reportDraftOf = (
  read: ImageBasedUpgradeReport,
  { cluster, tell }: { cluster: Client; tell: (findings: readonly UpgradeFinding[]) => Promise<void> },
): ReportDraft => {
  let stored = read;
  let status: ReportStatus = read.status ?? {};
  return {
    current: () => ({ ...stored, status }),
    status: () => status,
    change: (change) => {
      status = change(status);
    },
    found: (codes, findings) => {
      status = { ...status, findings: replaceFindings(status.findings ?? [], codes, findings) };
    },
    write: async () => {
      const patch = statusPatch(stored.status ?? {}, status);
      if (patch === undefined) return;
      const before = stored.status?.findings ?? [];
      const options = { subresource: 'status', fieldManager: fieldManagers.upgrade };
      stored = await cluster.patch(ImageBasedUpgradeReport, name, { status: patch }, options);
      await tell(newFindings(before, status.findings ?? []));
    },
  };
};
