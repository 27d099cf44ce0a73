import { MigCluster } from '@godwit/api';
import { clusterPrinting } from '../printers/columns.ts';
import { clusterLines } from '../printers/describe-cluster.ts';
import { describeCommand } from './describe-command.ts';
import { getCommand } from './get-command.ts';
import { testCommand } from './test-command.ts';

/** `godwit cluster get`. */
export const clusterGet = getCommand(MigCluster, clusterPrinting);
/** `godwit cluster describe`. */
export const clusterDescribe = describeCommand('cluster', MigCluster, clusterLines);
/** `godwit cluster test`. */
export const clusterTest = testCommand(
  'cluster',
  'test',
  MigCluster,
  'Tests whether a cluster can be reached with the rights that a migration needs',
);
