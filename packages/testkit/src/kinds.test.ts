import { Backup, Deployment, MigMigration, MigPlan, MigrationController, Pod, type Typed } from '@godwit/api';
import type { Client, KubeObject, Resource } from '@godwit/kube';
import { expectTypeOf, test } from 'vitest';

const plan: Resource<MigPlan> = MigPlan;
const pod: Resource<Pod> = Pod;
const anything: Resource[] = [MigPlan, MigMigration, Backup, Pod, Deployment, MigrationController];

test('kinds of the api are resources of the client, and the client knows the type of their objects', () => {
  expectTypeOf(plan).toExtend<Resource<KubeObject>>();
  expectTypeOf(pod).toExtend<Resource<KubeObject>>();
  expectTypeOf(anything).toExtend<Resource[]>();
  const read = async (client: Client) => ({
    plan: await client.get(MigPlan, { namespace: 'a', name: 'b' }),
    run: await client.get(MigMigration, { namespace: 'a', name: 'b' }),
    pod: await client.get(Pod, { namespace: 'a', name: 'b' }),
    backups: await client.list(Backup),
  });
  type Read = Awaited<ReturnType<typeof read>>;
  expectTypeOf<Read['plan']>().toEqualTypeOf<MigPlan | undefined>();
  expectTypeOf<Read['run']>().toEqualTypeOf<MigMigration | undefined>();
  expectTypeOf<Read['pod']>().toEqualTypeOf<Pod | undefined>();
  expectTypeOf<Read['backups']['items'][number]>().toEqualTypeOf<Backup>();
  expectTypeOf<MigPlan>().toExtend<Typed<unknown, unknown>>();
  expectTypeOf<NonNullable<Read['run']>['spec']['stage']>().toEqualTypeOf<boolean>();
  // @ts-expect-error a misspelt field is an error, although the schemas keep unknown fields
  expectTypeOf<MigMigration['spec']['stagge']>();
});
