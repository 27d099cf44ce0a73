import { type Manifest, MODEST, onePod, PASSWORD, SCRIPTS_MOUNT, scripts, scriptsVolume } from '../manifest.ts';
import type { ShopOptions } from '../options.ts';

const PART = 'writer';
const NOBODY = { runAsUser: 65534, runAsGroup: 65534, runAsNonRoot: true, allowPrivilegeEscalation: false };

const container = ({ image, writerPauseMilliseconds }: ShopOptions): object => ({
  name: 'writer',
  image,
  imagePullPolicy: 'IfNotPresent',
  command: ['bash', '/etc/shop/writer.sh'],
  env: [{ name: 'SHOP_PAUSE_SECONDS', value: String(writerPauseMilliseconds / 1000) }, PASSWORD],
  resources: MODEST,
  securityContext: NOBODY,
  volumeMounts: [SCRIPTS_MOUNT],
});

/** The customers: a Deployment that keeps placing orders and logs every one that the database has committed. */
export const writer = (options: ShopOptions): Manifest[] => [
  scripts(PART, 'writer.sh', 'writer.sql'),
  onePod(PART, { containers: [container(options)], volumes: [scriptsVolume(PART)] }),
];
