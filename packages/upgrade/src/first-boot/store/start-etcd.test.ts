import { systemClock } from '@godwit/controller';
import { expect, test } from 'vitest';
import { withEtcd } from './start-etcd.ts';

const place = { dataFolder: '/nonexistent/etcd', clientPort: 1, peerPort: 2 };
const unused = () => Promise.reject(new Error('there is no store to work on'));

test('an etcd that cannot be started is told, and nothing else fails for it', async () => {
  await expect(withEtcd({ ...place, program: '/nonexistent/etcd' }, systemClock, unused)).rejects.toThrow(
    'etcd could not be started: spawn /nonexistent/etcd ENOENT',
  );
});

test('an etcd that ends at once is told', async () => {
  await expect(withEtcd({ ...place, program: '/bin/false' }, systemClock, unused)).rejects.toThrow(
    'etcd ended before it answered; is another one running on /nonexistent/etcd?',
  );
});
