import {
  accessOf,
  type Client,
  connect,
  createStore,
  isApiError,
  type KubeObject,
  keyOf,
  loadKubeconfig,
  nameOfKey,
  resource,
  watch,
} from '@godwit/kube';
import { answerFor } from './answer.ts';
import { assign, type Balanced } from './assign.ts';

type Service = KubeObject & { spec?: { type?: string }; status?: { loadBalancer?: { ingress?: { ip?: string }[] } } };

const SERVICES = resource<Service>('v1', 'Service', 'services');

const balancedOf = ({ metadata, spec, status }: Service): Balanced => ({
  key: keyOf(metadata),
  wanted: spec?.type === 'LoadBalancer' && metadata.deletionTimestamp === undefined,
  address: status?.loadBalancer?.ingress?.[0]?.ip,
});

const publish = async (client: Client, key: string, address: string | undefined): Promise<void> => {
  const ingress = address === undefined ? null : [{ ip: address }];
  try {
    await client.patch(SERVICES, nameOfKey(key), { status: { loadBalancer: { ingress } } }, { subresource: 'status' });
  } catch (error) {
    if (!isApiError(error) || error.status !== 404) throw error;
  }
};

const settle = async (client: Client, services: readonly Service[], range: readonly [string, string]): Promise<void> => {
  const { changes, answered } = assign(services.map(balancedOf), range);
  await answerFor(answered, range);
  for (const { key, address } of changes) await publish(client, key, address);
};

/** Gives services of type LoadBalancer an address each and answers for it, until the process is told to end. */
const balance = async (kubeconfig: string, range: readonly [string, string]): Promise<void> => {
  const client = connect(accessOf(loadKubeconfig({ path: kubeconfig })));
  const store = createStore<Service>();
  for await (const event of watch(client, SERVICES, {
    signal: new AbortController().signal,
    onFault: (fault) => console.error(String(fault)),
  })) {
    if (store.take(event).length > 0 && store.settled()) {
      await settle(client, store.list(), range).catch((error: unknown) => console.error(String(error)));
    }
  }
};

const [kubeconfig, first, last] = process.argv.slice(2);
if (!kubeconfig || !first || !last) throw new Error('Wanted: a kubeconfig, and the first and last address to give away');
await balance(kubeconfig, [first, last]);
