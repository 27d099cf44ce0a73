import { MigStorage } from '@godwit/api';
import { repoPrinting } from '../printers/columns.ts';
import { repoLines } from '../printers/describe-repo.ts';
import { describeCommand } from './describe-command.ts';
import { getCommand } from './get-command.ts';
import { testCommand } from './test-command.ts';

/** `godwit repo get`. */
export const repoGet = getCommand(MigStorage, repoPrinting);
/** `godwit repo describe`. */
export const repoDescribe = describeCommand('repo', MigStorage, repoLines);
/** `godwit repo test`. */
export const repoTest = testCommand('repo', 'test', MigStorage, 'Writes, reads and deletes a probe in a repository');
