import { ConfigMap, Deployment, Namespace, Secret } from '@godwit/api';
import type { ApiError, Client } from '@godwit/kube';
import { aDeployment, fakeClock, freshNamespace, testCluster } from '@godwit/testkit';
import { describe, expect, test } from 'vitest';
import type { Effect } from './effect.ts';
import { carryOut } from './effects.ts';
import { silentLog } from './logger.ts';
import { createTasks } from './tasks.ts';

const host = testCluster();
const clusters = { host };
const options = { fieldManager: 'godwit-test' };
const configMap = (namespace: string, name: string, data: Record<string, string> = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { namespace, name },
  data,
});
const create = (namespace: string, name: string, data: Record<string, string> = {}): Effect => ({
  do: 'create',
  on: 'host',
  resource: ConfigMap,
  object: configMap(namespace, name, data),
});
const find = async (namespace: string, name: string) => (await host.get(ConfigMap, { namespace, name }))?.data;

describe('effects', () => {
  test('are carried out, and carried out again without harm', async () => {
    const namespace = await freshNamespace();
    const effects: Effect[] = [
      { do: 'apply', on: 'host', resource: Deployment, object: aDeployment(`${namespace}/web`, { replicas: 2 }) },
      create(namespace, 'a', { color: 'blue' }),
      { do: 'patch', on: 'host', resource: ConfigMap, name: { namespace, name: 'absent' }, patch: { data: { color: 'red' } } },
      { do: 'delete', on: 'host', resource: Secret, name: { namespace, name: 'absent' } },
    ];
    await carryOut(effects, clusters, options);
    await carryOut(effects, clusters, options);
    expect(await find(namespace, 'a')).toEqual({ color: 'blue' });
    expect((await host.get(Deployment, { namespace, name: 'web' }))?.spec?.replicas).toBe(2);
  });

  test('on one object happen in their order', async () => {
    const namespace = await freshNamespace();
    const name = { namespace, name: 'a' };
    await carryOut(
      [
        create(namespace, 'a', { step: '1' }),
        { do: 'patch', on: 'host', resource: ConfigMap, name, patch: { data: { step: '2' } } },
        { do: 'patch', on: 'host', resource: ConfigMap, name, patch: [{ op: 'replace', path: '/data/step', value: '3' }], type: 'json' },
      ],
      clusters,
      options,
    );
    expect(await find(namespace, 'a')).toEqual({ step: '3' });
  });

  test('may create a namespace and what is in it at once', async () => {
    const namespace = `${await freshNamespace()}-new`;
    const home: Effect = {
      do: 'create',
      on: 'host',
      resource: Namespace,
      object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    };
    await carryOut([create(namespace, 'a'), home], clusters, options);
    expect(await host.get(ConfigMap, { namespace, name: 'a' })).toBeDefined();
  });

  test('scale through the subresource', async () => {
    const namespace = await freshNamespace();
    await host.create(Deployment, aDeployment(`${namespace}/web`, { replicas: 3 }));
    const patch: Effect = {
      do: 'patch',
      on: 'host',
      resource: Deployment,
      name: { namespace, name: 'web' },
      patch: { spec: { replicas: 0 } },
      subresource: 'scale',
    };
    await carryOut([patch], clusters, options);
    expect((await host.get(Deployment, { namespace, name: 'web' }))?.spec?.replicas).toBe(0);
  });

  test('delete only the object that was meant', async () => {
    const namespace = await freshNamespace();
    const name = { namespace, name: 'a' };
    await host.create(ConfigMap, configMap(namespace, 'a'));
    await carryOut([{ do: 'delete', on: 'host', resource: ConfigMap, name, uid: 'another' }], clusters, options);
    expect(await host.get(ConfigMap, name)).toBeDefined();
    await carryOut([{ do: 'delete', on: 'host', resource: ConfigMap, name }], clusters, options);
    expect(await host.get(ConfigMap, name)).toBeUndefined();
  });

  test('are all tried when one is refused, and the refusal is thrown', async () => {
    const namespace = await freshNamespace();
    const many = Array.from({ length: 60 }, (_, at) => create(namespace, `a${at}`));
    const refusal = carryOut([create(namespace, 'Not_A_Name'), ...many], clusters, options);
    await expect(refusal).rejects.toMatchObject({ name: 'ApiError', reason: 'Invalid' } satisfies Partial<ApiError>);
    expect((await host.list(ConfigMap, { namespace })).items).toHaveLength(60);
  });

  test('of a dry run are checked by the server and leave nothing', async () => {
    const namespace = await freshNamespace();
    let ran = false;
    const task: Effect = {
      do: 'task',
      name: 'a',
      about: 'nothing',
      run: async () => {
        ran = true;
      },
    };
    await carryOut([create(namespace, 'a'), task], clusters, { ...options, dryRun: true });
    expect(await host.get(ConfigMap, { namespace, name: 'a' })).toBeUndefined();
    expect(ran).toBe(false);
    await expect(carryOut([create(namespace, 'Not_A_Name')], clusters, { ...options, dryRun: true })).rejects.toThrow(/Not_A_Name/);
  });

  test('that are tasks are handed to where tasks run', async () => {
    const tasks = createTasks({ clock: fakeClock(), log: silentLog });
    const task: Effect = { do: 'task', name: 'copy', about: 'nothing', run: async () => {} };
    await carryOut([task], clusters, { ...options, tasks });
    expect(tasks.names()).toEqual(['copy']);
    await expect(carryOut([task], clusters, options)).rejects.toThrow('pass tasks to carryOut');
  });

  test('on a cluster that nobody knows are a mistake that names the known ones', async () => {
    const nowhere: Record<string, Client> = { source: host };
    await expect(carryOut([create('a', 'b')], nowhere, options)).rejects.toThrow('an effect names the cluster host; known are source');
  });
});
