import { command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { dnsLabel } from '../migrate/names.ts';
import { registerStorage } from '../migrate/register-storage.ts';
import { parseRepository, type RepositoryOptions } from '../migrate/repository-request.ts';
import { prepareRepository } from '../migrate/storage-name.ts';
import { repositoryFlags } from './repository-flags.ts';

/** `godwit repo add`. */
export const repoAdd = command<RepositoryOptions>({
  words: ['repo', 'add'],
  summary: 'Registers a bucket or a folder as a repository',
  takes: [['<name>', 'name of the repository']],
  flags: repositoryFlags(),
  examples: [
    ['A folder of this machine, for controllers that run here', 'repo add local --repository /srv/migrations'],
    ['A bucket on AWS', 'repo add backups --repository s3://backups'],
    ['A bucket on MinIO', 'repo add minio --repository s3://backups --s3-endpoint https://minio:9000 --s3-ca-file ca.crt'],
  ],
  run: async (invocation, [name = ''], options) => {
    const request = parseRepository(options, invocation.environment);
    if (request === undefined)
      throw new Failure('--repository is missing', {
        reason: 'Usage',
        why: 'it names the bucket or folder',
        next: '--repository s3://BUCKET, or --repository FOLDER',
        exitCode: exitCodes.usage,
      });
    prepareRepository(request);
    const storage = await registerStorage(invocation.client(), request, { namespace: invocation.namespace, name: dnsLabel(name) });
    invocation.terminal.out(`repo/${storage.metadata.name} added`);
    return undefined;
  },
});
