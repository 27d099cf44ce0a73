import { EVERY_SECOND, inShop, labelsOf, type Manifest, MODEST, onePod, SCRIPTS_MOUNT, scripts, scriptsVolume } from '../manifest.ts';
import type { ShopOptions } from '../options.ts';

const PART = 'web';
const FILES = { name: 'files', mountPath: '/srv/shop' };

/** Fills the volume with files when it is empty. */
const seed = ({ image, files, bigFileMegabytes }: ShopOptions): object => ({
  name: 'seed',
  image,
  imagePullPolicy: 'IfNotPresent',
  command: ['bash', '/etc/shop/web-seed.sh'],
  env: [
    { name: 'SHOP_FILES', value: String(files) },
    { name: 'SHOP_BIG_FILE_MEGABYTES', value: String(bigFileMegabytes) },
  ],
  volumeMounts: [FILES, SCRIPTS_MOUNT],
});

/** Starts as root and serves as www-data, as web servers do. */
const server = ({ image }: ShopOptions): object => ({
  name: 'lighttpd',
  image,
  imagePullPolicy: 'IfNotPresent',
  command: ['lighttpd', '-D', '-f', '/etc/shop/lighttpd.conf'],
  ports: [{ name: 'http', containerPort: 8080 }],
  resources: MODEST,
  readinessProbe: { httpGet: { path: '/', port: 'http' }, ...EVERY_SECOND },
  volumeMounts: [FILES, SCRIPTS_MOUNT],
});

/** The web server: a Deployment and the volume with its files. */
export const web = (options: ShopOptions): Manifest[] => [
  scripts(PART, 'web-seed.sh', 'lighttpd.conf', 'index.html'),
  inShop('v1', 'PersistentVolumeClaim', 'web-files', PART, {
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } } },
  }),
  inShop('v1', 'Service', PART, PART, {
    spec: { type: 'NodePort', selector: labelsOf(PART), ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  }),
  onePod(PART, {
    initContainers: [seed(options)],
    containers: [server(options)],
    volumes: [{ name: 'files', persistentVolumeClaim: { claimName: 'web-files' } }, scriptsVolume(PART)],
  }),
];
