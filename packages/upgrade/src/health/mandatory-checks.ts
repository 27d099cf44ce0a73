import { type Check, failing, notApplicable, pass } from './check.ts';
import { type ClusterOperator, nameIn, type Observed, statusOf } from './observed.ts';

const notServed = (api: string) => notApplicable(`this cluster does not serve ${api}`);

const isOperatorReady = (operator: ClusterOperator): boolean =>
  statusOf(operator, 'Available') === 'True' && statusOf(operator, 'Progressing') !== 'True' && statusOf(operator, 'Degraded') !== 'True';

const clusterOperators: Check = {
  code: 'ClusterOperatorsNotReady',
  tier: 'mandatory',
  object: 'ClusterOperators',
  judge: ({ clusterOperators: operators }) => {
    if (operators === undefined) return notServed('ClusterOperators');
    const bad = operators.filter((each) => !isOperatorReady(each)).map(nameIn);
    return bad.length === 0
      ? pass
      : failing(`one or more ClusterOperators not yet ready: ${bad.join(', ')}`, `kubectl describe clusteroperator ${bad[0]}`);
  },
};

const machineConfigPools: Check = {
  code: 'MachineConfigPoolsNotReady',
  tier: 'mandatory',
  object: 'MachineConfigPools',
  judge: ({ machineConfigPools: pools }) => {
    if (pools === undefined) return notServed('MachineConfigPools');
    const bad = pools.filter(({ status }) => (status?.machineCount ?? 0) !== (status?.readyMachineCount ?? 0)).map(nameIn);
    return bad.length === 0
      ? pass
      : failing(`one or more MachineConfigPools not yet ready: ${bad.join(', ')}`, `kubectl describe machineconfigpool ${bad[0]}`);
  },
};

const sriovNodeStates: Check = {
  code: 'SriovNodeStatesNotReady',
  tier: 'mandatory',
  object: 'SriovNetworkNodeStates',
  needs: [clusterOperators.code],
  judge: ({ sriovNodeStates: states }) => {
    if (states === undefined) return notServed('SriovNetworkNodeStates');
    if (states.length === 0) return failing('no SriovNetworkNodeStates present', 'kubectl get pods -n openshift-sriov-network-operator');
    return states.every(({ status }) => status?.syncStatus === 'Succeeded')
      ? pass
      : failing('sriovNetworkNodeState not ready', 'kubectl get sriovnetworknodestates -A');
  },
};

const isReconciled = ({ dataProtectionApplications }: Observed): boolean =>
  (dataProtectionApplications ?? []).length > 0 &&
  (dataProtectionApplications ?? []).every((each) => statusOf(each, 'Reconciled') === 'True');

const dataProtectionApplications: Check = {
  code: 'DataProtectionApplicationNotReconciled',
  tier: 'mandatory',
  object: 'DataProtectionApplication',
  needs: [clusterOperators.code],
  judge: (observed) => {
    const { dataProtectionApplications: found } = observed;
    if (found === undefined) return notServed('DataProtectionApplications');
    if (found.length === 0) return notApplicable('there is no DataProtectionApplication');
    return isReconciled(observed)
      ? pass
      : failing('dataProtectionApplication not reconciled', 'kubectl get dataprotectionapplications -n openshift-adp -o yaml');
  },
};

const backupStorageLocations: Check = {
  code: 'BackupStorageLocationsNotAvailable',
  tier: 'mandatory',
  object: 'BackupStorageLocations',
  needs: [clusterOperators.code],
  judge: (observed) => {
    if (!isReconciled(observed)) return notApplicable('no DataProtectionApplication is reconciled');
    const look = 'kubectl get backupstoragelocations.velero.io -n openshift-adp';
    const locations = observed.backupStorageLocations ?? [];
    if (locations.length === 0) return failing('backupsStorageLocations not yet created', look);
    const bad = locations.find(({ status }) => status?.phase !== 'Available');
    return bad === undefined ? pass : failing(`backupStorageLocation ${nameIn(bad)} not available`, look);
  },
};

/** Checks that must pass before anything is done. */
export const mandatoryChecks: readonly Check[] = [
  clusterOperators,
  machineConfigPools,
  sriovNodeStates,
  dataProtectionApplications,
  backupStorageLocations,
];
